from django.urls import path

from .views import (
    amending,
    applications,
    candidate_import,
    candidates,
    closing,
    committee,
    debrief_hours,
    debriefs,
    decisions,
    exclusions,
    handovers,
    moving,
    openings,
    operations,
    preparing,
    privacy,
    rehearsing,
    reminding,
    scoring,
    search,
    today,
    trail,
)

urlpatterns = [
    path("", today.today, name="today"),
    path("search/", search.search, name="search"),
    path("trail/", trail.trail_list, name="trail_list"),
    # privacy/
    path("privacy/", privacy.privacy_list, name="privacy_list"),
    path("privacy/<uuid:pk>/", privacy.candidate_privacy, name="candidate_privacy"),
    path("privacy/<uuid:pk>/hold/", privacy.candidate_hold, name="candidate_hold"),
    path("privacy/<uuid:pk>/erasure/", privacy.erasure_request, name="erasure_request"),
    path("privacy/<uuid:pk>/withdraw/", privacy.erasure_withdraw, name="erasure_withdraw"),
    path("privacy/<uuid:pk>/erase/", privacy.candidate_erase, name="candidate_erase"),
    # openings/
    path("openings/", openings.opening_list, name="opening_list"),
    path("openings/new/", openings.opening_new, name="opening_new"),
    path("openings/<uuid:pk>/", openings.opening_detail, name="opening_detail"),
    path("openings/<uuid:pk>/settings/", openings.opening_settings, name="opening_settings"),
    path("openings/<uuid:pk>/state/", closing.opening_state, name="opening_state"),
    path("openings/<uuid:pk>/plan/", openings.opening_plan, name="opening_plan"),
    path("openings/<uuid:pk>/members/", openings.opening_member_add, name="opening_member_add"),
    path("members/<uuid:pk>/remove/", openings.opening_member_remove, name="opening_member_remove"),
    path("openings/<uuid:pk>/trail/", trail.opening_trail, name="opening_trail"),
    path("openings/<uuid:pk>/exclusions/", exclusions.exclusion_list, name="exclusion_list"),
    path("openings/<uuid:pk>/exclusions/new/", exclusions.exclusion_new, name="exclusion_new"),
    path("openings/<uuid:pk>/candidates/new/", candidates.candidate_new, name="candidate_new"),
    path(
        "openings/<uuid:pk>/candidates/import/",
        candidate_import.candidate_import,
        name="candidate_import",
    ),
    # applications/ (people say candidates)
    path("candidates/", applications.application_list, name="application_list"),
    path("candidates/compare/", applications.application_compare, name="application_compare"),
    path(
        "candidates/export/<str:kind>/", applications.application_export, name="application_export"
    ),
    path("applications/<uuid:pk>/", candidates.application_detail, name="application_detail"),
    path("applications/<uuid:pk>/interviews/new/", candidates.interview_new, name="interview_new"),
    path("applications/<uuid:pk>/end/", closing.application_end, name="application_end"),
    path("applications/<uuid:pk>/reopen/", closing.application_reopen, name="application_reopen"),
    path("applications/<uuid:pk>/review/", committee.application_review, name="application_review"),
    path("applications/<uuid:pk>/decision/", decisions.decision_new, name="decision_new"),
    # debriefs/ and debrief-hours/
    path("applications/<uuid:pk>/debriefs/new/", debriefs.debrief_new, name="debrief_new"),
    path("debriefs/<uuid:pk>/", debriefs.debrief_detail, name="debrief_detail"),
    path("debriefs/<uuid:pk>/follow/", debriefs.debrief_follow, name="debrief_follow"),
    path("debriefs/<uuid:pk>/notes/", debriefs.debrief_note, name="debrief_note"),
    path(
        "debriefs/<uuid:pk>/panel-ratings/",
        debriefs.debrief_panel_rating,
        name="debrief_panel_rating",
    ),
    path("debriefs/<uuid:pk>/vote/", debriefs.debrief_vote, name="debrief_vote"),
    path("debriefs/<uuid:pk>/reveal/", debriefs.debrief_reveal, name="debrief_reveal"),
    path("debriefs/<uuid:pk>/close/", debriefs.debrief_close, name="debrief_close"),
    path("openings/<uuid:pk>/debrief-hour/", debrief_hours.hour_new, name="hour_new"),
    path("debrief-hours/<uuid:pk>/", debrief_hours.hour_detail, name="hour_detail"),
    path("debrief-hours/<uuid:pk>/follow/", debrief_hours.hour_follow, name="hour_follow"),
    path("debrief-hours/<uuid:pk>/move/", debrief_hours.hour_move, name="hour_move"),
    path("debrief-hours/<uuid:pk>/close/", debrief_hours.hour_close, name="hour_close"),
    path("decisions/<uuid:pk>/notes/", decisions.decision_note, name="decision_note"),
    path("decisions/<uuid:pk>/packet/", decisions.decision_packet, name="decision_packet"),
    path(
        "decisions/<uuid:pk>/packet/file/",
        decisions.decision_packet_file,
        name="decision_packet_file",
    ),
    path(
        "decisions/<uuid:pk>/packet/json/",
        decisions.decision_packet_json,
        name="decision_packet_json",
    ),
    # interviews/ and scorecards/
    path("interviews/<uuid:pk>/cancel/", candidates.interview_cancel, name="interview_cancel"),
    path("interviews/<uuid:pk>/move/", moving.interview_move, name="interview_move"),
    path("interviews/<uuid:pk>/remind/", reminding.interview_remind, name="interview_remind"),
    path("interviews/<uuid:pk>/hand-over/", handovers.handover_new, name="handover_new"),
    path("hand-overs/<uuid:pk>/withdraw/", handovers.handover_withdraw, name="handover_withdraw"),
    path("interviews/<uuid:pk>/prepare/", preparing.interview_prepare, name="interview_prepare"),
    path(
        "interviews/<uuid:pk>/rehearse/", rehearsing.interview_rehearse, name="interview_rehearse"
    ),
    path("interviews/<uuid:pk>/print/", preparing.interview_print, name="interview_print"),
    path(
        "interviews/<uuid:pk>/calendar.ics", preparing.interview_calendar, name="interview_calendar"
    ),
    path(
        "interviews/<uuid:pk>/not-there/", preparing.interview_not_there, name="interview_not_there"
    ),
    path("interviews/<uuid:pk>/moved/", preparing.interview_moved, name="interview_moved"),
    path(
        "interviews/<uuid:pk>/took-place/",
        preparing.interview_took_place,
        name="interview_took_place",
    ),
    path("scorecards/<uuid:pk>/", scoring.scorecard_live, name="scorecard_live"),
    path("scorecards/<uuid:pk>/state/", operations.scorecard_state, name="scorecard_state"),
    path("scorecards/<uuid:pk>/ops/", operations.scorecard_ops, name="scorecard_ops"),
    path("scorecards/<uuid:pk>/submit/", scoring.scorecard_submit, name="scorecard_submit"),
    path("scorecards/<uuid:pk>/amend/", amending.scorecard_amend, name="scorecard_amend"),
    path("submissions/<uuid:pk>/", scoring.submission_detail, name="submission_detail"),
]
