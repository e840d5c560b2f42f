from django.urls import path

from .views import areas, finder, profiles, question_sets, questions, roles

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
    # question-sets/
    path("question-sets/", question_sets.question_set_list, name="question_set_list"),
    path("question-sets/<uuid:pk>/", question_sets.question_set_detail, name="question_set_detail"),
]
