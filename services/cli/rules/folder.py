"""A folder of rule files, as it is sent to the service."""

from pathlib import Path

from services.cli.failure import CommandError

HOLDS = "Name the folder that holds parameters.yaml and rules/."


def rule_files(folder: Path) -> dict[str, str]:
    """Text of each rule file of a folder by its name there.

    Raises:
        CommandError: USAGE when it is no such folder, a file cannot be read, or YAML lies where no rulebook has it:
            left out in silence it would be a rule that somebody believes to be in force.
    """
    from services.rules.domain.rulebook.file_names import is_rule_file

    if not folder.is_dir():
        raise CommandError("USAGE", f"{folder} is not a folder. {HOLDS}")
    if not (folder / "parameters.yaml").is_file():
        raise CommandError("USAGE", f"{folder} holds no parameters.yaml. {HOLDS}")
    found = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*.yaml"))}
    strange = [name for name in found if not is_rule_file(name)]
    if strange:
        raise CommandError("USAGE", f"{folder} holds {strange[0]}, which is no file of a rulebook. Move it elsewhere.")
    try:
        return {name: file.read_text(encoding="utf-8") for name, file in found.items()}
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError("USAGE", f"A file of {folder} cannot be read: {type(problem).__name__}.") from None
