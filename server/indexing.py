"""Indexing in the background: one job at a time, seen by everybody who administers.

What is asked for while a job runs is done after it, once. The index answers from its old generation until
the new one is complete. Knows `vectorstore.sync`; knows nothing of HTTP or of who asks.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi import Request

from corpus.errors import ProductError
from ingest.load import LoadOptions
from server.asking import BusyError
from server.run_report import RunReport, run_report
from server.services import Services, services_of
from vectorstore.encoder import Encoder
from vectorstore.generation import IndexLocation
from vectorstore.sources import source_of
from vectorstore.sync import sync

READING, ENCODING, FINISHING = "reading", "encoding", "finishing"
_log = logging.getLogger("server.indexing")
_creating = threading.Lock()


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done: files that changed, everything anew (`rebuild`), or one file taken in after all."""

    rebuild: bool = False
    accept: Path | None = None

    @property
    def name(self) -> str:
        """For people."""
        if self.accept is not None:
            return "nhận tệp đã tạm giữ"
        return "lập lại toàn bộ chỉ mục" if self.rebuild else "cập nhật chỉ mục"


@dataclass(frozen=True, slots=True)
class JobState:
    """The job that runs or ran last. `number` counts jobs from 1; 0: none yet. Times: ISO 8601, UTC.

    `windows` and `pages`: done and in all, of sentences encoded and pages recognised; (0, 0) when unknown.
    `report` is of the last job that ended well, also while another runs.
    """

    number: int = 0
    name: str = ""
    running: bool = False
    step: str = READING
    pages: tuple[int, int] = (0, 0)
    windows: tuple[int, int] = (0, 0)
    waiting: int = 0
    started_at: str | None = None
    finished_at: str | None = None
    seconds: float | None = None
    problem: str | None = None
    report: RunReport | None = None

    @property
    def percent(self) -> int | None:
        """Share of the sentences that are encoded; None while their number is unknown."""
        done, total = self.windows
        return round(100 * done / total) if total and self.running else None

    def to_json(self) -> dict[str, Any]:
        """For a page that waits."""
        return {
            "number": self.number,
            "name": self.name,
            "running": self.running,
            "step": self.step if self.running else None,
            "pages": {"done": self.pages[0], "total": self.pages[1]},
            "windows": {"done": self.windows[0], "total": self.windows[1]},
            "percent": self.percent,
            "waiting": self.waiting,
            "started_at": self.started_at,
            "finished_at": self.finished_at,
            "seconds": self.seconds,
            "problem": self.problem,
            "report": self.report.to_json() if self.report and not (self.running or self.problem) else None,
        }


class Indexing:
    """The one background job of a server. `after` is called when a job changed the index."""

    def __init__(
        self,
        documents_dir: Path,
        location: IndexLocation,
        encoder: Encoder,
        after: Callable[[], object] = lambda: None,
    ) -> None:
        self._documents_dir, self._location, self._encoder = documents_dir, location, encoder
        self._after = after
        self._lock = threading.Lock()
        self._queue: list[Work] = []
        self._state = JobState()
        self._idle = threading.Event()
        self._idle.set()

    def start(self, work: Work) -> bool:
        """Do `work` now, or after what runs; False when it waits."""
        with self._lock:
            if work not in self._queue:
                self._queue.append(work)
            if not self._idle.is_set():
                self._state = replace(self._state, waiting=len(self._queue))
                return False
            self._idle.clear()
            self._begin(self._queue.pop(0))
        # A daemon: a server that is stopped need not wait, since an unfinished generation is gone on with.
        threading.Thread(target=self._work, name="indexing", daemon=True).start()
        return True

    def state(self) -> JobState:
        """A consistent picture of this moment."""
        with self._lock:
            return self._state

    def wait(self, timeout_s: float | None = None) -> bool:
        """Until nothing runs or waits; False when that takes longer."""
        return self._idle.wait(timeout_s)

    def _begin(self, work: Work) -> None:
        self._current = work
        last = self._state
        self._state = JobState(
            last.number + 1,
            work.name,
            running=True,
            waiting=len(self._queue),
            started_at=_now(),
            report=last.report,
        )

    def _work(self) -> None:
        while True:
            self._run(self._current)
            with self._lock:
                if not self._queue:
                    self._idle.set()
                    return
                self._begin(self._queue.pop(0))

    def _run(self, work: Work) -> None:
        began = time.perf_counter()
        report = self.state().report
        problem: str | None = None
        try:
            report = self._synchronised(work)
            self._told(step=FINISHING)
            self._after()
        except ProductError as error:
            problem = str(error)
        except Exception as error:  # the thread's outermost frame: nobody else would ever hear of it
            _log.exception("indexing failed")
            problem = f"Lỗi ngoài dự kiến ({type(error).__name__}). Xem nhật ký của máy chủ rồi chạy lại"
        seconds = round(time.perf_counter() - began, 1)
        self._told(running=False, finished_at=_now(), seconds=seconds, problem=problem, report=report)

    def _synchronised(self, work: Work) -> RunReport:
        report = sync(
            [work.accept or self._documents_dir],
            self._documents_dir,
            self._location,
            self._encoder,
            rebuild=work.rebuild,
            accept=work.accept is not None,
            options=LoadOptions(progress=lambda done, total: self._told(pages=(done, total))),
            progress=lambda done, total: self._told(step=ENCODING, windows=(done, total)),
        )
        done = run_report(report, self._documents_dir)
        if work.accept is None:
            return done
        return done.after(self.state().report, source_of(work.accept, self._documents_dir))

    def _told(self, **changes: Any) -> None:
        with self._lock:
            self._state = replace(self._state, **changes)


def indexing_of(request: Request) -> Indexing:
    """FastAPI dependency: the job of this application."""
    state = request.app.state
    with _creating:
        if not hasattr(state, "indexing"):
            services = services_of(request)
            state.indexing = Indexing(
                services.documents_dir, services.location, services.encoder, lambda: _warmed(services)
            )
        job: Indexing = state.indexing
        return job


def _warmed(services: Services) -> None:
    """Opens the new generation now, so that it is not the next person who waits for it."""
    try:
        services.asking.ask("Văn bản này quy định gì?", quoting=True)
    except (BusyError, TimeoutError):  # others are asking: the first of them opens it
        return


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
