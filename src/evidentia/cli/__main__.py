"""``python -m evidentia.cli``."""

from evidentia.cli import main

if __name__ == "__main__":
    main()
