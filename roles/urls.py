from django.urls import path

from .views import (
    areas,
    exchange,
    finder,
    profiles,
    question_aids,
    question_sets,
    questions,
    roles,
    set_drafts,
)

urlpatterns = [
    # roles/
    path("roles/", roles.role_list, name="role_list"),
    path("roles/compare/", roles.role_compare, name="role_compare"),
    path("roles/finder/", finder.role_finder, name="role_finder"),
    path("roles/new/", profiles.role_new, name="role_new"),
    path("roles/<slug:slug>/", roles.role_detail, name="role_detail"),
    path("roles/<slug:slug>/edit/", profiles.role_edit, name="role_edit"),
    path("roles/<slug:slug>/profile/<str:level>/", profiles.role_profile, name="role_profile"),
    # areas/
    path("areas/", areas.area_list, name="area_list"),
    path("areas/new/", areas.area_new, name="area_new"),
    path("areas/<slug:slug>/edit/", areas.area_edit, name="area_edit"),
    # questions/
    path("questions/", questions.question_list, name="question_list"),
    path("questions/new/", questions.question_new, name="question_new"),
    path("questions/export/", exchange.bank_export, name="bank_export"),
    path("questions/import/", exchange.bank_import, name="bank_import"),
    path("questions/<uuid:pk>/", questions.question_detail, name="question_detail"),
    path(
        "questions/<uuid:pk>/versions/<int:number>/",
        questions.question_version,
        name="question_version",
    ),
    path("questions/<uuid:pk>/edit/", questions.question_edit, name="question_edit"),
    path("questions/<uuid:pk>/publish/", questions.question_publish, name="question_publish"),
    path(
        "questions/<uuid:pk>/discard-draft/",
        questions.question_discard_draft,
        name="question_discard_draft",
    ),
    path("questions/<uuid:pk>/compare/", question_aids.question_compare, name="question_compare"),
    path("questions/<uuid:pk>/preview/", question_aids.question_preview, name="question_preview"),
    path(
        "questions/<uuid:pk>/autosave/", question_aids.question_autosave, name="question_autosave"
    ),
    path("questions/<uuid:pk>/retire/", question_aids.question_retire, name="question_retire"),
    path("questions/<uuid:pk>/restore/", question_aids.question_restore, name="question_restore"),
    # question-sets/
    path("question-sets/", question_sets.question_set_list, name="question_set_list"),
    path("question-sets/new/", set_drafts.question_set_new, name="question_set_new"),
    path(
        "question-sets/<uuid:pk>/print/",
        question_sets.question_set_print,
        name="question_set_print",
    ),
    path("question-sets/<uuid:pk>/edit/", set_drafts.question_set_edit, name="question_set_edit"),
    path(
        "question-sets/<uuid:pk>/publish/",
        set_drafts.question_set_publish,
        name="question_set_publish",
    ),
    path("question-sets/<uuid:pk>/copy/", set_drafts.question_set_copy, name="question_set_copy"),
    path(
        "question-sets/<uuid:pk>/discard-draft/",
        set_drafts.question_set_discard_draft,
        name="question_set_discard_draft",
    ),
    path("question-sets/<uuid:pk>/", question_sets.question_set_detail, name="question_set_detail"),
]
