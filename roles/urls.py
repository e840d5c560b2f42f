from django.urls import path

from .views import question_sets, questions

urlpatterns = [
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
