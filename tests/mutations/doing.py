"""What somebody may do to one object, and the ways around all of it."""

from tests.mutations.mutation import MATRIX, Mutation, inside

_can = inside("scorecards/permissions.py", "tests/test_scorecards_committee.py")
PERMISSIONS = [
    _can(
        "who interviewed decides (R5)",
        "return opening.interviewers_may_decide or not took_part.exists()",
        "return True",
        "tests/test_scorecards_committee.py tests/test_scorecards_decisions_rule.py",
    ),
    _can(
        "a chair decides without seeing the assessments (R3)",
        "if not _is_member(user, opening, Kind.CHAIR) or not can_review(user, application):",
        "if not _is_member(user, opening, Kind.CHAIR):",
        "tests/test_scorecards_committee.py tests/test_scorecards_decisions_rule.py",
    ),
    _can(
        "the committee decides (R8)",
        "if not _is_member(user, opening, Kind.CHAIR) or not can_review(user, application):",
        "if not can_review(user, application):",
        f"{MATRIX} -k decision_new",
    ),
    _can(
        "an interviewer takes the packet along",
        "return _is_member(\n"
        "        user, decision.application.opening, Kind.COMMITTEE, Kind.CHAIR\n"
        "    ) and can_review(user, decision.application)",
        "return can_review(user, decision.application)",
        f"{MATRIX} -k decision_packet",
    ),
    _can(
        "members attend others' interviews",
        'whose interview it is."""\n    return interview.interviewer_id == user.pk',
        'whose interview it is."""\n    return True',
        f"{MATRIX} -k interview_prepare",
    ),
    _can(
        "who is not on the committee votes",
        "return voters_of(debrief.application).filter(pk=user.pk).exists()",
        "return True",
        f"{MATRIX} -k debrief_vote",
    ),
    _can(
        "the committee leads the debrief",
        "_is_member(user, application.opening, Kind.CHAIR) and can_review(user, application)",
        "can_review(user, application)",
        f"{MATRIX} -k debrief_reveal",
    ),
    _can(
        "who is on the committee cancels, and learns that a card is in",
        "interview.interviewer_id == user.pk or can_see_card_states(user, application)\n    )",
        "True\n    )",
        "tests/test_scorecards_interviews_blind.py tests/test_scorecards_interviews_pages.py",
    ),
    _can(
        "a coordinator makes a chair",
        "return frozenset({Kind.COORDINATOR.value}) & own",
        "return frozenset(Kind.values) if own else own",
        "tests/test_scorecards_openings_members.py",
    ),
    _can(
        "the committee reads the trail",
        "def can_read_trail(user: User, opening: Opening) -> bool:\n"
        "    return _is_member(user, opening, Kind.CHAIR)",
        "def can_read_trail(user: User, opening: Opening) -> bool:\n"
        "    return _is_member(user, opening, *Kind.values)",
        f"{MATRIX} -k opening_trail",
    ),
]

NEVER = "tests/test_records_never_change.py"
CHANNELS = [
    Mutation(
        "trigger: an amendment can be rewritten",
        "scorecards/migrations/0002_records_never_change.py",
        "CREATE TRIGGER scorecards_submission_immutable BEFORE UPDATE OR DELETE",
        "CREATE TRIGGER scorecards_submission_immutable BEFORE DELETE",
        NEVER,
    ),
    Mutation(
        "trigger: an answer can be added to a submitted scorecard",
        "scorecards/migrations/0002_records_never_change.py",
        "CREATE TRIGGER scorecards_answer_immutable BEFORE INSERT OR UPDATE OR DELETE",
        "CREATE TRIGGER scorecards_answer_immutable BEFORE UPDATE OR DELETE",
        NEVER,
    ),
    Mutation(
        "trigger: a decision can be deleted",
        "scorecards/migrations/0007_decision_reason.py",
        "CREATE TRIGGER scorecards_decision_immutable BEFORE UPDATE OR DELETE",
        "CREATE TRIGGER scorecards_decision_immutable BEFORE UPDATE",
        NEVER,
    ),
    Mutation(
        "trigger: a vote can be changed once shown",
        "scorecards/migrations/0006_votes_never_change.py",
        "CREATE TRIGGER scorecards_vote_immutable BEFORE INSERT OR UPDATE OR DELETE",
        "CREATE TRIGGER scorecards_vote_immutable BEFORE INSERT OR DELETE",
        NEVER + " tests/test_scorecards_debriefs_votes.py",
    ),
    Mutation(
        "record: hidden votes are kept with a decision",
        "scorecards/summaries/record_debriefs.py",
        "return list(debrief.votes.all()) if debrief.revealed_at else []",
        "return list(debrief.votes.all())",
        "tests/test_scorecards_rows.py",
    ),
    Mutation(
        "list and files: roll-ups of those whose assessments are hidden",
        "scorecards/summaries/application_rows.py",
        'getattr(one, "rollup", None) if one.assessed else None',
        'getattr(one, "rollup", None)',
        "tests/test_scorecards_applications_blind.py",
    ),
    Mutation(
        "trail: what happens while owing a scorecard (R3)",
        "scorecards/summaries/trail.py",
        "Q(owes_scorecard(user)) | Q(candidate__user=user)",
        "Q(candidate__user=user)",
        "tests/test_scorecards_trail.py",
    ),
    Mutation(
        "schedule: which scorecards are in, while owing one (R3)",
        "scorecards/summaries/schedule.py",
        "shows_cards = can_see_card_states(viewer, application)",
        "shows_cards = True",
        "tests/test_scorecards_interviews_blind.py",
    ),
    Mutation(
        "decision: without having read everything (R8)",
        "scorecards/workflow/decisions.py",
        "if to_read := unread(application, by):",
        "if to_read := []:",
        "tests/test_scorecards_decisions_rule.py tests/test_scorecards_decisions.py",
    ),
    Mutation(
        "assigning: who was shown a submission (R5)",
        "scorecards/workflow/interviews.py",
        "        _was_shown(application, interviewer)\n        or _looks_again",
        "        _looks_again",
        "tests/test_scorecards_interviews.py tests/test_scorecards_interviews_pages.py",
    ),
]
