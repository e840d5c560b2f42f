"""Static files outside local mode: compressed, under names that change with what is in them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """A module of ours asks for its parts by name, so the names inside it are hashed, too. Only
    ours: those of others name files that they do not bring."""

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = (
        "live/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )
