"""`python -m sendeturm` is the program, too."""

from sendeturm.cli import main

if __name__ == "__main__":
    main()
