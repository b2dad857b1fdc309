from __future__ import annotations

import subprocess
import sys


def test_reading_a_folder_imports_nothing_heavy(folder):
    folder.episode("001.md", '+++\ntitle = "x"\n+++\n*Notizen*\n')
    program = (
        "import sys; from pathlib import Path; from sendeturm.sources import *;"
        f"f = Path({str(folder.path)!r}); s = read_sources(f, read_config(f));"
        "Digests(f).sha256_of(s.episodes[0].sidecar);"
        "print(set(sys.modules) & {'markdown_it', 'nh3', 'tomlkit', 'numpy', 'PIL', 'boto3'})"
    ).replace("import *", "import Digests, read_config, read_sources")
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
