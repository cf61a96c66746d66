# SPDX-License-Identifier: Apache-2.0
"""A real scheduler and real workers, each a process of its own, which die in every way."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import cluster_traps
import pytest
import traps
from distributed import Client
from runs import TEXT, Heard, write

from pipeline import cli_runs
from pipeline.batch.cluster import Cluster
from pipeline.batch.manifest import look_into_manifest
from pipeline.batch.outcome import Outcome
from pipeline.batch.plan import Plan, run_batch
from pipeline.batch.pool import Pool
from pipeline.cli import main
from pipeline.errors import ClusterError, ExitCode
from pipeline.intake.gather import gather
from pipeline.reading.engines import versions_of
from pipeline.settings import Settings

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
NAMES = ["b.txt", "c.txt", "d.txt", "e.txt", "f.txt", "g.txt", "long.tif"]


class Machines:
    """A scheduler, and two workers that wait for it whenever it is gone."""

    def __init__(self, logs: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self._port}"
        self._logs = logs
        paths = os.pathsep.join([str(HERE.parent.parent), str(HERE)])
        self._environment = {
            **os.environ,
            "PYTHONPATH": paths,
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        }
        self.start_scheduler()
        self._workers = self._start("workers", "pipeline", "worker", self.address, "-j", "2")

    def start_scheduler(self) -> None:
        where = ("--host", "127.0.0.1", "--port", str(self._port))
        options = (*where, "--no-dashboard", "--no-show")
        self._scheduler = self._start("scheduler", "dask", "scheduler", *options)

    def kill_scheduler(self) -> None:
        self._scheduler.kill()
        self._scheduler.wait()

    def stop(self) -> None:
        self._workers.terminate()
        assert self._workers.wait(60) == 0, "SIGTERM ends the workers"
        self.kill_scheduler()

    def _start(self, name: str, *module: str) -> subprocess.Popen[bytes]:
        with (self._logs / f"{name}.log").open("ab") as log:
            command = [sys.executable, "-m", *module]
            return subprocess.Popen(command, stdout=log, stderr=log, env=self._environment)


class Sabotaged(Cluster):
    """A cluster whose tasks go by way of `trap`."""

    trap: Callable[..., Any] = cluster_traps.slow

    def submit(self, task: Callable[..., Any], *args: Any, timeout: float) -> Any:
        return super().submit(type(self).trap, task, *args, timeout=timeout)


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    machines = Machines(tmp_path_factory.mktemp("logs"))
    yield machines
    machines.stop()


@pytest.fixture
def inbox(album: Path) -> Path:
    """Six texts and a document of nine pages, settled long ago."""
    for number, name in enumerate(NAMES[:-1], 12):
        write(album / name, TEXT.replace("12/", f"{number}/"))
    return album


def cluster(machines: Machines, out: Path, trap: Callable[..., Any], **more: Any) -> Cluster:
    settings = more.pop("settings", Settings())
    kind = type("Trapped", (Sabotaged,), {"trap": staticmethod(trap)})
    made: Cluster = kind(machines.address, settings, versions_of(settings), [out], **more)
    until = time.monotonic() + 60
    while made.size < 2 and time.monotonic() < until:
        time.sleep(0.2)
        made.tend()
    return made


def run(
    machines: Machines,
    inbox: Path,
    out: Path,
    trap: Callable[..., Any] = cluster_traps.slow,
    heard: Heard | None = None,
    **more: Any,
) -> Heard:
    """Do the documents on the machines; the outcomes are in order of their names."""
    heard = heard or Heard()
    settings = more.get("settings", Settings())
    plan = Plan(
        gather([inbox]), out, versions_of(settings), lambda: cluster(machines, out, trap, **more)
    )
    run_batch(plan, settings, heard)
    heard.outcomes.sort(key=lambda outcome: outcome.name)
    return heard


def undisturbed(inbox: Path, out: Path) -> Path:
    """Do the documents on this machine alone."""
    settings = Settings()
    plan = Plan(gather([inbox]), out, versions_of(settings), lambda: Pool(1, settings))
    run_batch(plan, settings, Heard())
    return out


def written(out: Path) -> dict[str, Any]:
    """Return all that a run has written, times aside."""
    files: dict[str, Any] = {}
    for path in out.rglob("*"):
        name = path.relative_to(out).as_posix()
        if name.startswith((".", "manifest")) or name == "summary.json" or path.is_dir():
            continue
        files[name] = path.read_bytes()
        if path.suffix == ".json":
            record = json.loads(files[name])
            record["process"]["seconds"] = {}
            files[name] = json.dumps(record)
    return files


def states(heard: Heard) -> list[str]:
    return [outcome.state for outcome in heard.outcomes]


def all_done(heard: Heard) -> bool:
    """Tell whether nothing was lost; an outcome that came twice is "skipped" the second time."""
    assert [outcome.name for outcome in heard.outcomes] == NAMES
    return not any(outcome.failures for outcome in heard.outcomes)


class Breaking(Heard):
    """A listener that breaks something once when a document has ended."""

    def __init__(self, break_it: Callable[[], None]) -> None:
        super().__init__()
        self._break_it = break_it

    def ended(self, outcome: Outcome) -> None:
        super().ended(outcome)
        if len(self.outcomes) == 1:
            self._break_it()


def worker_processes(machines: Machines) -> list[int]:
    with Client(machines.address, set_as_default=False) as client:
        return list(client.run(os.getpid).values())


def test_the_same_as_on_one_machine(machines: Machines, inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    address = ("--cluster", machines.address)
    assert main(["extract", str(inbox), "-o", str(out), *address]) == 0
    assert written(out) == written(undisturbed(inbox, tmp_path / "alone"))
    assert states(run(machines, inbox, out)) == ["skipped"] * len(NAMES)


def test_paths_hold_on_all_machines(
    machines: Machines, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    heard = run(machines, Path(inbox.name), Path("out"))
    assert states(heard) == ["done"] * len(NAMES)
    assert written(tmp_path / "out") == written(undisturbed(inbox, tmp_path / "alone"))


def test_a_worker_killed_in_the_middle_loses_nothing(
    machines: Machines, inbox: Path, tmp_path: Path
) -> None:
    killed: list[int] = []

    def kill() -> None:
        killed.append(worker_processes(machines)[0])
        os.kill(killed[0], signal.SIGKILL)

    heard = run(machines, inbox, tmp_path / "out", heard=Breaking(kill))
    assert len(killed) == 1
    assert all_done(heard)
    assert written(tmp_path / "out") == written(undisturbed(inbox, tmp_path / "alone"))


@pytest.mark.parametrize(
    ("trap", "code"),
    [
        (traps.dies_on_b, ExitCode.WORKER),
        (traps.hangs_on_b, ExitCode.READING_TIMEOUT),
        (traps.eats_memory_on_b, ExitCode.WORKER),
        (cluster_traps.takes_its_worker_along, ExitCode.WORKER),
    ],
)
def test_a_poisonous_document_costs_itself_only(
    machines: Machines, inbox: Path, tmp_path: Path, trap: Callable[..., Any], code: ExitCode
) -> None:
    settings = Settings(page_timeout=3)
    heard = run(machines, inbox, tmp_path / "out", trap, settings=settings)
    assert [outcome.name for outcome in heard.outcomes] == NAMES
    assert [outcome.exit_code for outcome in heard.outcomes if outcome.failures] == [code]
    assert states(heard)[0] == "failed"
    alone = written(undisturbed(inbox, tmp_path / "alone"))
    made = written(tmp_path / "out")
    assert {name: made[name] for name in made if name.endswith((".json", ".txt"))} == {
        name: alone[name]
        for name in alone
        if name.endswith((".json", ".txt")) and not name.startswith("b.")
    }


def test_a_page_that_kills_is_set_aside(machines: Machines, inbox: Path, tmp_path: Path) -> None:
    heard = run(machines, inbox, tmp_path / "out", traps.dies_on_page_6)
    assert states(heard) == ["done"] * len(NAMES)
    assert [failure.page for failure in heard.outcomes[-1].failures] == [6]


def test_a_scheduler_that_is_started_again_loses_nothing(
    machines: Machines, inbox: Path, tmp_path: Path
) -> None:
    def restart() -> None:
        machines.kill_scheduler()
        time.sleep(3)
        machines.start_scheduler()

    heard = run(machines, inbox, tmp_path / "out", heard=Breaking(restart))
    assert all_done(heard)
    assert written(tmp_path / "out") == written(undisturbed(inbox, tmp_path / "alone"))


def test_without_its_scheduler_a_run_ends_and_goes_on_later(
    machines: Machines, inbox: Path, tmp_path: Path
) -> None:
    breaking = Breaking(machines.kill_scheduler)
    try:
        with pytest.raises(ClusterError, match="did not come back"):
            run(machines, inbox, tmp_path / "out", heard=breaking, patience=1)
        with pytest.raises(ClusterError, match="no scheduler at"):
            run(machines, inbox, tmp_path / "out")
    finally:
        machines.start_scheduler()
    assert "working" not in json.dumps(status(tmp_path / "out"))
    heard = run(machines, inbox, tmp_path / "out")
    assert all_done(heard)
    assert "skipped" in states(heard), "what was done is not done again"
    assert written(tmp_path / "out") == written(undisturbed(inbox, tmp_path / "alone"))


def status(out: Path) -> dict[str, int]:
    with look_into_manifest(out) as manifest:
        return manifest.counts()


def test_a_run_that_is_stopped_lets_go_of_its_workers(machines: Machines, tmp_path: Path) -> None:
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    write(inbox / "b.txt", TEXT)
    out.mkdir()
    made = cluster(machines, out, cluster_traps.endless_once)

    class Stopping:
        """Workers that are interrupted once the task hangs."""

        size = 1
        submit, stop = made.submit, made.stop

        def tend(self) -> None:
            made.tend()
            if (out / ".hanging").exists():
                raise KeyboardInterrupt

    plan = Plan(gather([inbox]), out, versions_of(Settings()), Stopping)
    with pytest.raises(KeyboardInterrupt):
        run_batch(plan, Settings(), Heard())
    process = int((out / ".hanging").read_text())
    until = time.monotonic() + 20
    while is_alive(process) and time.monotonic() < until:
        time.sleep(0.2)
    assert not is_alive(process)
    assert states(run(machines, inbox, out, cluster_traps.endless_once)) == ["done"]


def is_alive(process: int) -> bool:
    with suppress(FileNotFoundError):
        return Path("/proc", str(process), "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


def test_workers_of_another_version_are_refused(machines: Machines, tmp_path: Path) -> None:
    engine = {**versions_of(Settings()), "vie": "other"}
    with pytest.raises(ClusterError, match="install the same versions"):
        Cluster(machines.address, Settings(), engine, [tmp_path])


def test_workers_that_do_not_see_the_folder_are_refused(machines: Machines, tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="a path that all share"):
        Cluster(machines.address, Settings(), versions_of(Settings()), [tmp_path / "elsewhere"])


def test_a_share_that_goes_away_is_told(machines: Machines, tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    made = Cluster(machines.address, Settings(), versions_of(Settings()), [tmp_path / "share"])
    (tmp_path / "share").rmdir()
    with pytest.raises(ClusterError, match="share is not seen there"):
        made.submit(len, "abc", timeout=10).result(60)
    made.stop(kill=False)


def test_without_its_package_the_command_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_runs, "find_spec", lambda name: None)
    assert main(["worker", "tcp://127.0.0.1:1"]) == ExitCode.MISSING_DEPENDENCY


def test_tls_needs_certificates(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="name its certificates"):
        Cluster("tls://127.0.0.1:1", Settings(), versions_of(Settings()), [tmp_path])


def test_nobody_knows_the_protocol(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="no scheduler at"):
        Cluster("pigeon://127.0.0.1:1", Settings(), versions_of(Settings()), [tmp_path])


@pytest.mark.parametrize("address", ["localhost:8786", "here"])
def test_an_address_has_a_protocol(address: str, tmp_path: Path) -> None:
    write(tmp_path / "b.txt", TEXT)
    arguments = ["extract", str(tmp_path), "-o", str(tmp_path / "out"), "--cluster", address]
    assert main(arguments) == ExitCode.USAGE
    assert main(["worker", address]) == ExitCode.USAGE
