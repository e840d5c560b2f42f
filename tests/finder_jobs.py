"""Described jobs: a title, the work under it as ticked statements, and which role, which runner-up
and which mixed jobs the finder should answer. Read by test_roles_finder.py."""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from roles.finder import Catalogue, Job, Statement

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"

# Each alias occurs; then descriptions that mix jobs; last, one task on the side, which is no second
# job.
TEXT = """
AI engineer: ai-engineer, then ml-engineer
    ship-ai-features prompts retrieval model-adaptation evaluation-framework
    agent-orchestration production-reliability
ML engineer: ml-engineer, then ai-researcher
    custom-models large-training-infrastructure model-training distributed-training
AI researcher: ai-researcher, then ml-engineer
    foundation-models training-from-scratch new-methods
ML engineer: ml-engineer, then ai-researcher
    foundation-models distributed-training large-training-infrastructure
Data engineer: data-engineer, then data-scientist
    data-arrive-reliably ingestion transformations
Data scientist: data-scientist, then nobody
    decisions-from-statistics forecasts experiments
AI developer: ai-engineer, then ml-engineer
    ship-ai-features prompts agent-orchestration production-reliability
Applied ML engineer: ml-engineer, then data-scientist
    custom-models model-training model-drift feature-pipelines
GenAI engineer: ai-engineer, then ml-engineer
    prompts agent-orchestration evaluation-framework production-reliability
LLM engineer: applied-ai-engineer, then data-engineer
    prompts retrieval assistants search-and-summaries
ML engineer: ai-engineer, then ml-engineer
    ship-ai-features evaluation-framework model-adaptation
AI application engineer: applied-ai-engineer, then nobody
    assistants writing-tools ai-interface
AI product engineer: applied-ai-engineer, then data-scientist
    ship-ai-features ai-interface search-and-summaries evaluation-framework
Conversational AI engineer: applied-ai-engineer, then data-engineer
    assistants prompts retrieval agent-orchestration
Forward deployed engineer: applied-ai-engineer, then data-engineer
    ship-ai-features content-pipelines retrieval assistants
Prompt engineer: applied-ai-engineer, then data-scientist
    prompts evaluation-framework writing-tools
AI systems engineer: ai-ml-systems-engineer, then ml-engineer
    production-reliability model-routing ai-gateway inference-caching
LLM inference engineer: ai-ml-systems-engineer, then ml-engineer
    model-serving inference-optimisation batching
LLMOps engineer: ai-ml-systems-engineer, then ml-engineer
    ai-gateway production-reliability model-releases inference-caching
ML systems engineer: ai-ml-systems-engineer, then ml-engineer
    model-serving batching production-reliability
AI platform engineer: ai-infrastructure-engineer, then ml-engineer
    ai-platform evaluation-platform model-registry fine-tuning-platform
ML platform engineer: ai-infrastructure-engineer, then ml-engineer
    training-jobs model-registry dataset-management
MLOps engineer: ml-engineer, then ai-engineer
    model-releases model-drift feature-pipelines model-registry
Deep learning engineer: ml-engineer, then ai-researcher
    model-training distributed-training custom-models
Machine learning engineer: ml-engineer, then ai-engineer
    model-training feature-pipelines model-releases recommendations
Applied scientist: data-scientist, then ml-engineer
    experiments risk-scores forecasts model-training
Decision scientist: data-scientist, then nobody
    decisions-from-statistics experiments explain-figures
Quantitative analyst: data-scientist, then ml-engineer
    forecasts risk-scores decisions-from-statistics
Statistician: data-scientist, then nobody
    experiments explain-figures forecasts
Machine learning researcher: ai-researcher, then nobody
    new-methods research-experiments publications
Research engineer: ai-researcher, then ml-engineer
    research-experiments training-from-scratch distributed-training new-methods
Research scientist: ai-researcher, then ml-engineer
    publications new-methods training-from-scratch
Analytics engineer: data-engineer, then data-scientist
    transformations data-quality data-stores
Data pipeline engineer: data-engineer, then nobody
    ingestion streaming data-arrive-reliably
Data platform engineer: data-engineer, then ai-engineer
    data-stores streaming data-quality dataset-management
ETL developer: data-engineer, then data-scientist
    ingestion transformations data-arrive-reliably
AI engineer: applied-ai-engineer, then data-scientist, mixes applied-ai-engineer+data-scientist
    assistants prompts search-and-summaries forecasts experiments explain-figures
LLM engineer: data-engineer, then ai-engineer, mixes data-engineer+applied-ai-engineer
    prompts retrieval ingestion streaming data-stores
AI engineer: ai-engineer, then ml-engineer, mixes ai-engineer+ml-engineer
    ship-ai-features evaluation-framework custom-models model-training
Data scientist: data-engineer, then data-scientist, mixes data-engineer+data-scientist
    forecasts experiments transformations data-stores data-quality
ML engineer: data-scientist, then ai-researcher, mixes ml-engineer+data-scientist+ai-researcher
    model-training feature-pipelines new-methods publications experiments forecasts
AI engineer: applied-ai-engineer, then data-scientist
    ship-ai-features prompts retrieval assistants explain-figures
"""
ROW = re.compile(
    r"(?P<title>.+): (?P<role>[\w-]+), then (?P<runner_up>[\w-]+)(, mixes (?P<mixed>.+))?\n"
    r"(?P<work>(    .+\n)+)"
)


@dataclass(frozen=True)
class Described:
    title: str
    ticks: tuple[str, ...]
    role: str
    runner_up: str | None
    mixed: tuple[str, ...]


def described() -> list[Described]:
    return [
        Described(
            title=row["title"],
            ticks=tuple(row["work"].split()),
            role=row["role"],
            runner_up=None if row["runner_up"] == "nobody" else row["runner_up"],
            mixed=tuple(row["mixed"].split("+")) if row["mixed"] else (),
        )
        for row in ROW.finditer(TEXT)
    ]


def rows(model: str) -> list[dict]:
    """The shipped rows of a model, read from the files alone."""
    name = "roles" if model == "role" else "work"
    found = yaml.safe_load((FIXTURES / f"{name}.yaml").read_text(encoding="utf-8"))
    return [row["fields"] for row in found if row["model"] == f"roles.{model}"]


def shipped_catalogue() -> Catalogue:
    jobs = [
        Job(row["slug"], row["position"], row["parent"][0] if row["parent"] else None)
        for row in rows("role")
    ]
    order = ["goal", "core", "typical"]
    items = sorted(rows("workitem"), key=lambda row: (order.index(row["kind"]), row["position"]))
    points: dict[str, dict[str, int]] = {row["slug"]: {} for row in items}
    for row in rows("workitemrole"):
        points[row["work_item"][0]][row["role"][0]] = row["strength"]
    statements = [
        Statement(slug, given, agents=slug.startswith("agent-")) for slug, given in points.items()
    ]
    return Catalogue(tuple(jobs), tuple(statements))
