"""The triggers that records rest on, by table. A test compares them with a migrated database."""

TRIGGERS = {
    "audit_event": {
        "audit_event_append_only",
        "audit_event_in_order",
        "audit_event_no_truncate",
    },
    "audit_readevent": {
        "audit_readevent_append_only",
        "audit_readevent_no_truncate",
    },
    "roles_question": {
        "roles_question_area_fixed",
    },
    "roles_questionsetitem": {
        "roles_questionsetitem_immutable",
        "roles_questionsetitem_no_truncate",
    },
    "roles_questionsetversion": {
        "roles_questionsetversion_immutable",
        "roles_questionsetversion_no_truncate",
    },
    "roles_questionversion": {
        "roles_questionversion_immutable",
        "roles_questionversion_no_truncate",
    },
    "scorecards_answer": {
        "scorecards_answer_immutable",
        "scorecards_answer_no_truncate",
    },
    "scorecards_application": {
        "scorecards_application_in_place",
    },
    "scorecards_debrief": {
        "scorecards_debrief_in_place",
        "scorecards_debrief_kept",
        "scorecards_debrief_no_truncate",
        "scorecards_debrief_stays_closed",
        "scorecards_debrief_stays_revealed",
    },
    "scorecards_decision": {
        "scorecards_decision_complete",
        "scorecards_decision_immutable",
        "scorecards_decision_no_truncate",
    },
    "scorecards_exclusion": {
        "scorecards_exclusion_append_only",
        "scorecards_exclusion_no_truncate",
    },
    "scorecards_interview": {
        "scorecards_interview_in_place",
    },
    "scorecards_openingarea": {
        "scorecards_openingarea_immutable",
        "scorecards_openingarea_no_truncate",
    },
    "scorecards_openingplan": {
        "scorecards_openingplan_immutable",
        "scorecards_openingplan_no_truncate",
    },
    "scorecards_openinground": {
        "scorecards_openinground_immutable",
        "scorecards_openinground_no_truncate",
    },
    "scorecards_scorecard": {
        "scorecards_scorecard_immutable",
        "scorecards_scorecard_no_truncate",
    },
    "scorecards_submission": {
        "scorecards_submission_immutable",
        "scorecards_submission_no_truncate",
    },
    "scorecards_vote": {
        "scorecards_vote_immutable",
        "scorecards_vote_no_truncate",
    },
}
