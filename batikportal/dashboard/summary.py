"""The three sentences on top of the dashboard, for somebody who reads nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from batikportal import formats
from batikportal.dashboard.figures import Figure
from batikportal.dashboard.work import Work

# More names than this make no sentence.
NAMES_IN_A_SENTENCE = 3


@dataclass(frozen=True)
class Sentence:
    """One sentence with its tone, the figures it names, and where it leads when it names none."""

    text: str
    tone: str
    figures: Sequence[Figure] = ()
    anchor: str = ""


def about_targets(figures: Sequence[Figure]) -> Sentence:
    """How many figures miss their target, and which miss it most."""
    judged = [figure for figure in figures if figure.is_reached is not None]
    missed = sorted((one for one in judged if not one.is_reached), key=lambda one: one.distance, reverse=True)
    words = {"missed": formats.number(len(missed)), "judged": formats.number(len(judged))}
    if not judged:
        return Sentence(_("Belum ada angka yang dapat dibandingkan dengan target."), "neutral")
    if not missed:
        text = ngettext(
            "Satu-satunya angka yang bertarget sudah mencapai targetnya.",
            "Semua %(judged)s angka yang bertarget sudah mencapai targetnya.",
            len(judged),
        )
        return Sentence(text % words, "good")
    if len(missed) > NAMES_IN_A_SENTENCE:
        text = _("%(missed)s dari %(judged)s angka belum mencapai target; yang terjauh:") % words
    else:
        text = _("%(missed)s dari %(judged)s angka belum mencapai target:") % words
    return Sentence(text, "bad", missed[:NAMES_IN_A_SENTENCE])


def about_work(work: Work) -> Sentence:
    """How much waits, how much of it is late, and where most of it lies."""
    if not work.total:
        return Sentence(_("Tidak ada hal yang menunggu tindakan."), "good")
    words = {"total": formats.number(work.total), "late": formats.number(work.overdue_count)}
    found = ngettext("%(total)s hal perlu ditindak", "%(total)s hal perlu ditindak", work.total) % words
    if work.overdue_count and work.cuts:
        late = _("sedikitnya %(late)s lewat batas waktu") % words
    elif work.overdue_count:
        late = _("%(late)s lewat batas waktu") % words
    else:
        late = _("belum ada yang lewat batas waktu")
    most = _("terbanyak di %(office)s") % {"office": work.by_office[0][0]} if work.by_office else ""
    text = ", ".join(part for part in (found, late, most) if part)
    return Sentence(f"{text}.", "bad" if work.overdue_count else "warning", anchor="pekerjaan")


def about_trust(figures: Sequence[Figure], work: Work) -> Sentence:
    """Which figures cannot be judged for want of data, and whose data that is."""
    doubtful = [figure for figure in figures if not figure.is_conclusive and not figure.is_withheld]
    words = {"count": formats.number(len(doubtful)), "rules": formats.number(len(work.failed))}
    if work.failed:
        text = ngettext(
            "%(rules)s pemeriksaan sedang tidak tersedia, jadi daftar pekerjaan belum lengkap.",
            "%(rules)s pemeriksaan sedang tidak tersedia, jadi daftar pekerjaan belum lengkap.",
            len(work.failed),
        )
        return Sentence(text % words, "warning")
    if not doubtful:
        return Sentence(_("Data semua angka cukup lengkap untuk disimpulkan."), "good")
    if len(doubtful) > NAMES_IN_A_SENTENCE:
        text = _("%(count)s angka belum dapat disimpulkan karena datanya kurang, antara lain:") % words
    else:
        text = _("%(count)s angka belum dapat disimpulkan karena datanya kurang:") % words
    return Sentence(text, "warning", doubtful[:NAMES_IN_A_SENTENCE])


def sentences(figures: Sequence[Figure], work: Work) -> list[Sentence]:
    """Targets, work, trust; nothing about figures when there are none."""
    if not figures:
        return [about_work(work)]
    return [about_targets(figures), about_work(work), about_trust(figures, work)]
