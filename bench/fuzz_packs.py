"""Feeds broken packs to the loader until the time is up: `fuzz_packs.py [SECONDS] [SEED]`.

Every batch runs in a process of its own with bounded memory, so that a crash, a hang or a hunger for memory
is seen as well as an exception. Prints counts; exit code 1 when anything but a pack or a problem came out, and
the folder with the failing files is kept.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BATCH = 300
BATCH_SECONDS = 120
MEMORY = 1_500_000_000
FILES = ("paths.yaml", "questions.yaml", "faq.yaml", "sources.yaml")
SEEDS = Path(__file__).resolve().parent.parent / "tests" / "packs" / "good"
SOURCE = Path(__file__).resolve().parent.parent / "src"
BITS = (
    b"[", b"]", b"{", b"}", b": ", b":", b",", b"- ", b"? ", b"#", b"&a ", b"*a", b"!!str ", b"|", b">", b"'", b'"',
    b"%TAG ! x\n", b"@", b"\n", b"\t", b"\r", b" ", b"~", b"<<: *a", b".inf", b"0x1", b"1e999", b"null", b"---\n",
    b"...\n", b"\x00", b"\xff", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\\", b'"\\u202e"', b"\xc2\x9b",
    b"\xef\xbb\xbf", b"\xf0\x9f\x98\x80",
)  # fmt: skip


def mutate(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return the bytes after one to eight small accidents, a few of them large."""
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data) + 1)
        kind = chance.randrange(8)
        if kind == 0:
            data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        elif kind == 1:
            data = data[:at] + data[at + chance.randint(1, 40) :]
        elif kind in (2, 3):
            data = data[:at] + chance.choice(BITS) + data[at:]
        elif kind == 4:
            start = chance.randrange(len(other) + 1)
            data = data[:at] + other[start : start + chance.randint(1, 200)] + data[at:]
        elif kind == 5:
            start = chance.randrange(len(data) + 1)
            data = data[:at] + data[start : start + chance.randint(1, 300)] + data[at:]
        elif kind == 6 and chance.random() < 0.1:
            data = data[:at] + chance.choice(BITS) * chance.choice((30, 1000, 50_000)) + data[at:]
        else:
            lines = data.split(b"\n")
            chance.shuffle(lines) if chance.random() < 0.1 else lines.insert(
                chance.randrange(len(lines)), chance.choice(lines)
            )
            data = b"\n".join(lines)
    return data[:5_100_000]


def work(folder: Path, seed: int) -> None:
    """Read one batch of broken packs; what breaks the rules raises."""
    from pathfinder.pack import read_pack
    from pathfinder.text import one_line

    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    chance = random.Random(seed)
    packs = [{name: (pack / name).read_bytes() for name in FILES} for pack in sorted(SEEDS.iterdir())]
    good = 0
    for _ in range(BATCH):
        files = dict(chance.choice(packs))
        name = chance.choice(FILES)
        files[name] = mutate(files[name], chance.choice(packs)[chance.choice(FILES)], chance)
        for each, data in files.items():
            (folder / each).write_bytes(data)
        problems: list[object] = []
        begin = time.perf_counter()
        pack = read_pack(folder, problems)  # type: ignore[arg-type]
        seconds = time.perf_counter() - begin
        if (pack is None) != any(getattr(each, "severity", "") == "error" for each in problems):
            raise AssertionError("a pack beside an error, or neither pack nor error")
        if any(one_line(str(each)) != str(each) for each in problems):
            raise AssertionError("a problem that cannot be printed")
        if seconds > BATCH_SECONDS / 10:
            raise AssertionError(f"one pack took {seconds:.1f} s")
        good += pack is not None
    print(good)


def main(seconds: float, seed: int) -> int:
    """Run batches until the time is up; return the exit code."""
    begin = time.monotonic()
    cases = good = failures = 0
    while time.monotonic() - begin < seconds:
        folder = Path(tempfile.mkdtemp(prefix="pathfinder-fuzz-"))
        command = [sys.executable, str(Path(__file__).resolve()), "--work", str(folder), str(seed)]
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                timeout=BATCH_SECONDS,
                env={"PYTHONPATH": str(SOURCE)},
                check=False,
            )
            code, text = done.returncode, done.stdout + done.stderr
        except subprocess.TimeoutExpired:
            code, text = 1, "a batch did not end"
        if code == 0:
            cases, good = cases + BATCH, good + int(text)
            shutil.rmtree(folder)
        else:
            failures += 1
            print(f"seed {seed}, exit code {code}, files kept in {folder}\n{text[-2000:]}")
        seed += 1
    print(f"{cases} packs read, {good} of them still good, {failures} batches failed, {time.monotonic() - begin:.0f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        sys.exit(main(float((sys.argv[1:2] or ["60"])[0]), int((sys.argv[2:3] or ["1"])[0])))
