"""Which rows exist for whom: the conditions of the querysets."""

from tests.mutations.mutation import MATRIX, Mutation, inside

BLIND = "tests/test_scorecards_review_blind.py tests/test_scorecards_applications_blind.py"
VISIBILITY = "tests/test_scorecards_rows.py tests/test_scorecards_committee.py"
ENDED = "tests/test_scorecards_interviews_ended_pages.py tests/test_scorecards_interviews_ended.py"
_candidates = inside("scorecards/querysets/candidates.py", BLIND)
CANDIDATES = [
    _candidates(
        "the candidate sees their application (R6)",
        "return self.not_about(user).filter(",
        "return self.filter(",
        f"{MATRIX} -k GET-application_detail",
    ),
    _candidates(
        "an interviewer sees candidates for a year (R2)",
        "STILL_SEEN_FOR = timedelta(days=14)",
        "STILL_SEEN_FOR = timedelta(days=365)",
        f"{MATRIX} -k GET-application_detail",
    ),
    _candidates(
        "after a submission for good (R2)",
        "Q(scorecard__submitted_at__gt=since)",
        "Q(scorecard__submitted_at__isnull=False)",
        "tests/test_scorecards_rows.py",
    ),
    _candidates(
        "everybody sees every application",
        "_membership_of(user) | _met_in(_interviews_of(user).filter(still_seen))",
        "Q(pk__isnull=False)",
        f"{MATRIX} -k GET-application_detail",
    ),
    _candidates(
        "owing a scorecard hides nothing (R3)",
        'return Q(~owes_scorecard(user)) & (\n        _membership_of(user, "committee", "chair")',
        'return (\n        _membership_of(user, "committee", "chair")',
    ),
    _candidates(
        "coordinators read the assessments (R4)",
        '_membership_of(user, "committee", "chair") | (',
        "_membership_of(user) | (",
        f"{MATRIX} -k GET-application_review",
    ),
    _candidates(
        "interviewers read them without a submission of their own (R3)",
        "(Q(_has_submitted(user)) & opened)",
        "opened",
        VISIBILITY,
    ),
    _candidates(
        "interviewers read them whatever the opening allows (R3)",
        "(Q(_has_submitted(user)) & opened)",
        "Q(_has_submitted(user))",
        VISIBILITY,
    ),
    _candidates(
        "they read them before the debrief (R3)",
        'Q(opening__visibility="at_debrief") & (debriefed | decided)',
        'Q(opening__visibility="at_debrief")',
        VISIBILITY,
    ),
    _candidates(
        "the outcome before the opening is closed (R3)",
        'closed = Q(opening__visibility="never", opening__state="closed")',
        'closed = Q(opening__visibility="never")',
        VISIBILITY,
    ),
    _candidates(
        "the outcome while owing a scorecard (R3)",
        "(Q(~owes_scorecard(user)) & Q(_has_submitted(user)) & closed)",
        "(Q(_has_submitted(user)) & closed)",
        VISIBILITY,
    ),
    _candidates(
        "which scorecards are in, while owing one (R3)",
        "return Q(_membership_of(user)) & Q(~owes_scorecard(user))",
        "return Q(_membership_of(user))",
        "tests/test_scorecards_interviews_blind.py",
    ),
    _candidates(
        "to say that it did not take place opens the others' scorecards",
        "Q(state__in=BLIND) | _ENDED_WITH_APPLICATION",
        "Q(state__in=OWING) | _ENDED_WITH_APPLICATION",
        ENDED,
    ),
    _candidates(
        "to withdraw the candidate opens the others' scorecards",
        "Q(state__in=BLIND) | _ENDED_WITH_APPLICATION",
        "Q(state__in=BLIND)",
        "tests/test_scorecards_closing.py",
    ),
    _candidates(
        "an own interview is seen for good (R2)",
        'Q(interviewer=user, application__in=applications.visible_to(user).values("pk"))',
        "Q(interviewer=user)",
        "tests/test_scorecards_rows.py",
    ),
    _candidates(
        "interviewers see the others' interviews",
        "applications.schedule_visible_to(user).values",
        "applications.visible_to(user).values",
        "tests/test_scorecards_rows.py",
    ),
]

_cards = inside("scorecards/querysets/scorecards.py", "tests/test_scorecards_rows.py")
ROWS = [
    _cards(
        "drafts are seen by whoever sees the candidate (R1)",
        "            interview__interviewer=user,\n",
        "",
        f"{MATRIX} -k scorecard_state",
    ),
    _cards(
        "a submission is seen by whoever sees the candidate (R3)",
        "return self.filter(own | Q(scorecard__interview__application__in=_assessed(user)))",
        "seen = apps.get_model('scorecards', 'Application').objects.visible_to(user)\n"
        "        return self.filter(own | Q(scorecard__interview__application__in=seen))",
        f"{MATRIX} -k submission_detail",
    ),
    _cards(
        "drafts are among the answers that others see (R1)",
        "        return self.filter(\n            scorecard__submitted_at__isnull=False,\n"
        "            scorecard__interview__application__in=_assessed(user),",
        "        return self.filter(\n"
        "            scorecard__interview__application__in=_assessed(user),",
        "tests/test_scorecards_rows.py",
    ),
    _cards(
        "answers are seen by everybody (R3)",
        "            scorecard__interview__application__in=_assessed(user),\n",
        "",
        "tests/test_scorecards_rows.py",
    ),
    Mutation(
        "outcomes: a decision is seen by whoever sees the candidate (R3)",
        "scorecards/querysets/outcomes.py",
        "applications.outcome_visible_to(user)",
        "applications.visible_to(user)",
        f"{MATRIX} -k decision_",
    ),
    Mutation(
        "outcomes: a roll-up is seen by whoever sees the candidate (R3)",
        "scorecards/querysets/outcomes.py",
        "applications.assessed_visible_to(user)",
        "applications.visible_to(user)",
        "tests/test_scorecards_rows.py",
    ),
    Mutation(
        "debriefs: a debrief is seen by everybody (R3)",
        "scorecards/querysets/debriefs.py",
        '"DebriefQuerySet":\n        if not user.is_authenticated:\n'
        "            return self.none()\n"
        "        return self.filter(application__in=_assessed(user))",
        '"DebriefQuerySet":\n        return self.all()',
        f"{MATRIX} -k debrief_",
    ),
    Mutation(
        "debriefs: votes are seen before they are shown",
        "scorecards/querysets/debriefs.py",
        "self.filter(Q(member=user) | Q(debrief__revealed_at__isnull=False))",
        "self.all()",
        "tests/test_scorecards_rows.py",
    ),
    Mutation(
        "debriefs: who is not on the committee sees the line of an hour",
        "scorecards/querysets/debriefs.py",
        "return self.filter(Exists(members), Exists(seen))",
        "return self.filter(Exists(seen))",
        f"{MATRIX} -k hour_",
    ),
    Mutation(
        "debriefs: who interviewed votes (R5)",
        "scorecards/querysets/debriefs.py",
        "if not application.opening.interviewers_may_decide:",
        "if False:",
        "tests/test_scorecards_debriefs_votes.py tests/test_scorecards_debriefs.py",
    ),
    Mutation(
        "openings: everybody sees every opening",
        "scorecards/querysets/openings.py",
        "if user.holds(Grant.Kind.ADMINISTRATOR):",
        "if user.is_active:",
        f"{MATRIX} -k opening_detail",
    ),
    Mutation(
        "people: an administrator sees their own candidacy (R6)",
        "scorecards/querysets/people.py",
        "return self.exclude(user=user)",
        "return self.all()",
        "tests/test_scorecards_privacy_pages.py",
    ),
]
