"""A folder of rule files as it is sent to the service."""

from pathlib import Path

from services.cli.failure import CommandError

HOLDS = "Name the folder that holds parameters.yaml and rules/."


def rule_files(folder: Path) -> dict[str, str]:
    """Return the text of each rule file of a folder by its name there.

    Raises:
        CommandError: USAGE; it is not such a folder, a file cannot be read, or there is YAML where no rulebook has any.
            Left out silently, such a file would be a rule that people wrongly believe to be in force.
    """
    from services.rules.adapters.rule_files.strict_yaml import plain_text
    from services.rules.domain.rulebook.file_names import is_rule_file

    if not folder.is_dir():
        raise CommandError("USAGE", f"{folder} is not a folder. {HOLDS}")
    if not (folder / "parameters.yaml").is_file():
        raise CommandError("USAGE", f"{folder} holds no parameters.yaml. {HOLDS}")
    found = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*.yaml"))}
    strange = [name for name in found if not is_rule_file(name)]
    if strange:
        raise CommandError(
            "USAGE", f"{folder} holds {strange[0]}, which is not a file of a rulebook. Move it elsewhere."
        )
    try:
        return {name: plain_text(file.read_bytes()) for name, file in found.items()}
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError("USAGE", f"A file of {folder} cannot be read: {type(problem).__name__}.") from None
