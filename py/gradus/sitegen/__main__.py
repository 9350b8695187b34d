"""`python -m gradus.sitegen`: what build.py runs once everything is set up."""

import sys

from gradus.sitegen.commands import main

sys.exit(main(sys.argv[1:]))
