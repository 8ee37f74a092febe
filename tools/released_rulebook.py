"""Keep the hash of the shipped rulebook in the list of released ones, which the first start of rules trusts.

The line `next` is of the rulebook as it stands. With a release, give that line the release's name instead.
"""

from services.rules.adapters.rule_files.folder import load_rulebook
from services.rules.adapters.rule_files.released import FILE

COMING = "next"


def main() -> None:
    """Write the list again."""
    kept = [line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.endswith(f" {COMING}")]
    FILE.write_text("\n".join([*kept, f"{load_rulebook().content_hash} {COMING}"]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
