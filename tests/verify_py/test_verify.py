"""What scripts/verify.py must find, and what it must let pass. The name of a test is the rule.

    python3 -m unittest discover tests/verify_py

LETOPIS_LOCATION=DIR runs the tests of `DamagedLocation` on a copy of that location instead of an invented one; it
needs a clean location with a record signed and one waiting.
"""
import base64
import json
import os
import pathlib
import re
import shutil
import stat
import struct
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import make_location as make

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "verify.py"


def table(section):
    """Rows of the first table of a section of docs/formats.md, each a list of cells, without the head."""
    text = (ROOT / "docs/formats.md").read_text(encoding="utf-8").split(f" {section}\n", 1)[1].split("\n#", 1)[0]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| `")]


def run(path, *options, environment=None):
    return subprocess.run([sys.executable, str(SCRIPT), str(path), *options], capture_output=True, text=True,
                          env=environment)


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.place = pathlib.Path(self.folder.name, "location")

    def write(self, school):
        return school.write(self.place)

    def first(self, pattern):
        return sorted(self.place.glob(pattern))[0]

    def check(self, path=None, *options):
        result = run(path or self.place, "--json", *options)
        self.assertIn(result.returncode, (0, 1), result.stdout + result.stderr)
        self.assertEqual(result.stderr, "")
        report = json.loads(result.stdout)
        self.assertEqual(result.returncode, 1 if report["findings"] else 0)
        return report

    def assert_clean(self, path=None, *options):
        report = self.check(path, *options)
        self.assertEqual(report["findings"], [])
        return {code for code, _, _ in report["notices"]}

    def assert_found(self, code, where="", *options, path=None):
        findings = self.check(path, *options)["findings"]
        hits = [each for each in findings if each[0] == code and where in each[1]]
        self.assertTrue(hits, f"{code} at {where} not among {findings}")
        return findings

    def assert_only(self, code, where="", *options, path=None):
        findings = self.assert_found(code, where, *options, path=path)
        self.assertEqual({each[0] for each in findings}, {code}, findings)


class Medium(Case):
    """A removable copy (§8) of one record and of what explains it."""

    def setUp(self):
        super().setUp()
        self.school = make.small_school()
        self.write(self.school)
        (self.place / "location.json").unlink()
        self.record, elsewhere = (self.place / self.school.records[number]["path"] for number in (2, 3))
        shutil.rmtree(elsewhere)
        (self.place / "keys/log.pub.pem").write_bytes(self.school.log_key.pem)
        self.sign()

    def sign(self, key=None, **changes):
        manifest = "".join(
            f"{make.sha256(file.read_bytes())}  {file.relative_to(self.place).as_posix()}\n"
            for file in sorted(self.place.rglob("*"), key=lambda file: file.relative_to(self.place).as_posix())
            if file.is_file() and file.name not in ("manifest-sha256.txt", "medium.txt", "medium.sig")).encode()
        values = {
            "archive": self.school.archive, "medium": 1, "made": self.school.time, "closing": "0" * 32,
            "kind": "journal", "retention": "journals", "records": "000002",
            "register-size": len(self.school.entries),
            "register-root": make.b64(make.merkle(self.school.entries)),
            "manifest-sha256": make.sha256(manifest), **changes}
        text = ("letopis/medium/v1\n" + "".join(f"{name} {value}\n" for name, value in values.items())).encode()
        for name, data in {"manifest-sha256.txt": manifest, "medium.txt": text,
                           "medium.sig": (key or self.school.log_key).sign(text)}.items():
            (self.place / name).write_bytes(data)

    def test_what_is_not_on_a_medium_is_elsewhere_and_no_finding(self):
        self.assertIn("elsewhere", self.assert_clean())

    def test_one_record_of_a_medium_is_checked_by_itself(self):
        self.assertNotIn("no-register", self.assert_clean(self.record))

    def test_every_file_of_a_medium_is_vouched_for(self):
        files = [file for file in self.place.rglob("*") if file.is_file()]
        for file in files:
            data = file.read_bytes()
            file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
            # A signature that does not fit may be wrong, or the text.
            where = file.relative_to(self.place).as_posix().replace("medium.sig", "medium.txt")
            paths = [path for _, path, _ in self.check()["findings"]]
            self.assertIn(where, paths)
            file.write_bytes(data)

    def test_a_missing_file_is_found(self):
        for name in ("README.txt", f"{self.record.relative_to(self.place).as_posix()}/seal.txt", "medium.sig"):
            data = (self.place / name).read_bytes()
            (self.place / name).unlink()
            self.assert_found("missing-file", name)
            (self.place / name).write_bytes(data)

    def test_a_record_that_the_manifest_lists_and_that_is_gone_is_found(self):
        shutil.rmtree(self.record)
        self.assert_found("missing-file", self.record.name)

    def test_a_file_that_was_added_is_found(self):
        (self.place / "autorun.inf").write_bytes(b"")
        self.assert_only("unexplained-file", "autorun.inf")

    def test_a_medium_signed_by_another_key_is_found(self):
        self.sign(key=self.school.new_key())
        self.assert_only("medium-wrong", "medium.txt")

    def test_a_medium_of_another_archive_or_register_is_found(self):
        for changes in ({"archive": "1" * 32}, {"register-size": 7}, {"register-root": make.b64(bytes(32))}):
            self.sign(**changes)
            self.assert_only("medium-wrong", "medium.txt")

    def test_a_checkpoint_does_not_pass_for_the_text_of_a_medium(self):
        text = (self.place / "medium.txt").read_bytes().split(b"\n", 1)[1]
        (self.place / "medium.txt").write_bytes(text)
        (self.place / "medium.sig").write_bytes(self.school.log_key.sign(text))
        self.assert_only("medium-wrong", "medium.txt")


class DamagedLocation(Case):
    """One thing is done to a clean location."""

    @classmethod
    def setUpClass(cls):
        cls.template = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.template.cleanup)
        given = os.environ.get("LETOPIS_LOCATION")
        if given:
            shutil.copytree(given, cls.template.name, dirs_exist_ok=True)
        else:
            make.small_school().write(cls.template.name)

    def setUp(self):
        super().setUp()
        shutil.copytree(self.template.name, self.place)
        directories = sorted(self.place.glob("records/*/*"))
        self.signed = [each for each in directories if (each / "seal.sig").exists()]
        self.waiting = [each for each in directories if not (each / "seal.sig").exists()]
        self.document = self.documents()[0]

    def flip(self, file, at=None, bit=1):
        data = bytearray(file.read_bytes())
        data[len(data) // 2 if at is None else at] ^= bit
        file.write_bytes(data)

    def swap(self, one, other):
        first, second = one.read_bytes(), other.read_bytes()
        one.write_bytes(second)
        other.write_bytes(first)

    def test_a_clean_location_has_no_findings_and_names_what_waits(self):
        self.assertIn("unsigned", self.assert_clean())

    def test_a_byte_flipped_in_a_package_is_found(self):
        self.flip(self.signed[0] / "package.zip")
        self.assert_only("package-digest", self.signed[0].name)

    def test_a_package_cut_is_found(self):
        file = self.signed[0] / "package.zip"
        file.write_bytes(file.read_bytes()[:-1])
        self.assert_found("package-digest", self.signed[0].name)

    def test_a_byte_appended_to_a_package_is_found(self):
        file = self.signed[0] / "package.zip"
        file.write_bytes(file.read_bytes() + b"\0")
        self.assert_found("package-digest", self.signed[0].name)

    def test_a_missing_package_is_found(self):
        (self.signed[0] / "package.zip").unlink()
        self.assert_only("missing-file", f"{self.signed[0].name}/package.zip")

    def test_packages_swapped_are_found_in_both_records(self):
        self.swap(self.signed[0] / "package.zip", self.waiting[0] / "package.zip")
        self.assert_found("package-digest", self.signed[0].name)
        self.assert_found("package-digest", self.waiting[0].name)

    def test_every_byte_flipped_in_a_seal_is_found(self):
        file = self.waiting[0] / "seal.txt"
        size = len(file.read_bytes())
        for at in range(0, size, max(1, size // 12)):
            self.flip(file, at)
            codes = {each[0] for each in self.check()["findings"]}
            self.assertTrue(codes & {"seal-malformed", "seal-digest"}, (at, codes))
            self.flip(file, at)

    def test_a_changed_seal_breaks_its_signature(self):
        self.flip(self.signed[0] / "seal.txt", -2)
        self.assert_found("signature-wrong", self.signed[0].name)

    def test_a_missing_seal_is_found(self):
        (self.signed[0] / "seal.txt").unlink()
        self.assert_found("missing-file", "seal.txt")

    def test_a_line_added_to_a_seal_is_found(self):
        file = self.waiting[0] / "seal.txt"
        file.write_bytes(file.read_bytes() + b"more -\n")
        self.assert_found("seal-malformed", self.waiting[0].name)

    def test_seals_swapped_are_found(self):
        self.swap(self.signed[0] / "seal.txt", self.waiting[0] / "seal.txt")
        self.assert_found("seal-digest", self.waiting[0].name)
        self.assert_found("signature-wrong", self.signed[0].name)

    def test_a_byte_flipped_in_a_raw_signature_is_found(self):
        self.flip(self.signed[0] / "seal.sig")
        self.assert_found("file-digest", "seal.sig")
        self.assert_found("signature-wrong", self.signed[0].name)

    def test_a_byte_flipped_in_an_openssh_signature_is_found(self):
        self.flip(self.signed[0] / "seal.sshsig", -60)
        self.assert_found("file-digest", "seal.sshsig")
        self.assert_found("signature-wrong", self.signed[0].name)

    def test_a_missing_signature_is_found(self):
        (self.signed[0] / "seal.sig").unlink()
        self.assert_found("missing-file", "seal.sig")

    def test_a_signature_that_no_entry_names_is_found(self):
        shutil.copy(self.signed[0] / "seal.sig", self.waiting[0] / "seal.sig")
        self.assert_only("unexplained-file", self.waiting[0].name)

    def test_every_tile_is_compared_with_the_entries(self):
        for file in sorted(self.place.glob("register/tile/[0-9]*/**/*")):
            if file.is_file():
                self.flip(file)
                self.assert_only("tile-wrong", file.relative_to(self.place).as_posix())
                self.flip(file)

    def test_a_byte_flipped_in_an_entry_bundle_is_found(self):
        file = [each for each in sorted(self.place.glob("register/tile/entries/**/*")) if each.is_file()][0]
        self.flip(file)
        self.assert_found("root-wrong", "checkpoint")
        self.assert_found("tile-wrong", "tile/0/")

    def test_a_missing_tile_is_found(self):
        file = [each for each in sorted(self.place.glob("register/tile/0/**/*")) if each.is_file()][0]
        file.unlink()
        self.assert_only("missing-file", file.relative_to(self.place).as_posix())

    def test_a_missing_entry_bundle_is_found(self):
        file = [each for each in sorted(self.place.glob("register/tile/entries/**/*")) if each.is_file()][0]
        file.unlink()
        self.assert_found("missing-file", "tile/entries")

    def test_every_byte_of_the_checkpoint_counts(self):
        file = self.place / "register/checkpoint"
        known = {"register-unreadable", "checkpoint-signature", "root-wrong", "tile-wrong", "missing-file", "entry-wrong"}
        size = len(file.read_bytes())
        for at in range(0, size, max(1, size // 15)):
            self.flip(file, at)
            codes = {each[0] for each in self.check()["findings"]}
            self.assertTrue(codes & known, (at, codes))
            self.flip(file, at)

    def test_a_missing_checkpoint_is_found_and_records_are_still_looked_at(self):
        (self.place / "register/checkpoint").unlink()
        self.flip(self.signed[0] / "package.zip")
        self.assert_found("missing-file", "register/checkpoint")
        self.assert_found("package-digest", self.signed[0].name)

    def documents(self):
        """Those that were not printed."""
        every = sorted(self.place.glob("documents/*/*/document.json"))
        return [path for path in every if not path.with_suffix(".pdf").exists()]

    def test_a_byte_flipped_in_a_document_is_found(self):
        self.flip(self.document)
        self.assert_only("document-wrong", self.document.parent.name)

    def test_a_missing_document_is_found(self):
        shutil.rmtree(self.document.parent)
        self.assert_only("missing-file", self.document.parent.name)

    def test_a_print_that_was_altered_or_is_missing_is_found(self):
        (printed,) = self.place.glob("documents/*/*/document.pdf")
        self.flip(printed)
        self.assert_only("document-wrong", printed.parent.name)
        printed.unlink()
        self.assert_only("missing-file", printed.parent.name)

    def test_a_print_that_no_document_names_is_found(self):
        print_of = next(path for path in self.place.glob("documents/*/*") if not (path / "document.pdf").exists())
        (print_of / "document.pdf").write_bytes(b"%PDF-1.7")
        self.assert_only("unexplained-file", print_of.name)

    def test_documents_swapped_are_found(self):
        other = self.documents()[1]
        self.swap(self.document, other)
        self.assert_found("document-wrong", self.document.parent.name)
        self.assert_found("document-wrong", other.parent.name)

    def test_a_missing_record_is_found(self):
        shutil.rmtree(self.waiting[0])
        self.assert_only("missing-file", self.waiting[0].name)

    def test_a_record_without_entry_is_found(self):
        shutil.copytree(self.waiting[0], self.waiting[0].parent / "000999-9z-q1-journal")
        self.assert_found("record-without-entry", "000999-9z-q1-journal")

    def test_a_document_without_entry_is_found(self):
        shutil.copytree(self.document.parent, self.document.parent.parent / ("ab" * 16))
        self.assert_found("document-without-entry", "ab" * 16)

    def test_a_file_nobody_explains_is_found_wherever_it_is(self):
        folders = ["", "keys", "register", "register/tile", "register/tile/0", "records", "records/2025-26",
                   self.signed[0].relative_to(self.place), self.document.parent.relative_to(self.place)]
        for folder in folders:
            (self.place / folder).mkdir(exist_ok=True)
            (self.place / folder / "notes.doc").write_bytes(b"x")
        findings = self.check()["findings"]
        self.assertEqual({each[0] for each in findings}, {"unexplained-file"})
        self.assertEqual(len(findings), len(folders))

    def test_an_unfinished_write_is_no_part_of_the_location(self):
        (self.signed[0] / "package.zip#17").write_bytes(b"half")
        self.assert_clean()

    def test_a_link_is_no_file_of_a_location(self):
        file = self.signed[0] / "package.zip"
        file.rename(pathlib.Path(self.folder.name, "package.zip"))
        file.symlink_to(pathlib.Path(self.folder.name, "package.zip"))
        self.assert_only("missing-file", "package.zip")

    def test_a_linked_directory_is_found(self):
        (self.place / "records/elsewhere").symlink_to(self.signed[0], target_is_directory=True)
        self.assert_only("unexplained-file", "records/elsewhere")

    def test_a_named_pipe_does_not_stop_the_check(self):
        (self.waiting[0] / "seal.txt").unlink()
        os.mkfifo(self.waiting[0] / "seal.txt")
        self.assert_found("missing-file", "seal.txt")

    def test_key_files_agree_with_the_register(self):
        for file in (*self.place.glob("keys/*"), self.place / "allowed_signers"):
            self.flip(file)
            self.assert_only("key-file-wrong", file.name)
            self.flip(file)

    def test_a_missing_key_file_is_found(self):
        self.first("keys/*.pub.pem").unlink()
        self.assert_only("missing-file", "keys/")

    def test_a_key_file_nobody_added_is_found(self):
        shutil.copy(self.first("keys/*.pub.pem"), self.place / "keys/director-0123456789abcdef.pub.pem")
        self.assert_only("unexplained-file", "keys/director-0123456789abcdef.pub.pem")

    def test_a_location_of_another_archive_is_found(self):
        file = self.place / "location.json"
        value = json.loads(file.read_bytes())
        file.write_bytes(make.dump({**value, "archive": "ab" * 16}))
        self.assert_only("location-wrong", "location.json")

    def test_a_location_the_register_does_not_name_is_found(self):
        file = self.place / "location.json"
        value = json.loads(file.read_bytes())
        file.write_bytes(make.dump({**value, "location": "ab" * 16}))
        self.assert_only("location-wrong", "location.json")

    def test_a_missing_location_json_is_found(self):
        (self.place / "location.json").unlink()
        self.assert_only("missing-file", "location.json")

    def test_one_record_is_checked_with_the_register_of_its_location(self):
        self.assertNotIn("no-register", self.assert_clean(self.signed[0]))
        self.flip(self.signed[0] / "package.zip")
        self.assert_only("package-digest", self.signed[0].name, path=self.signed[0])

    def test_one_record_is_not_blamed_for_another(self):
        self.flip(self.waiting[0] / "package.zip")
        self.assert_clean(self.signed[0])

    def test_one_record_without_entry_is_found(self):
        other = self.waiting[0].parent / "000999-9z-q1-journal"
        shutil.copytree(self.waiting[0], other)
        self.assert_found("record-without-entry", other.name, path=other)

    def test_a_record_alone_is_checked_and_says_whence_its_key(self):
        alone = pathlib.Path(self.folder.name, "usb", self.signed[0].name)
        shutil.copytree(self.signed[0], alone)
        self.assertLessEqual({"no-register", "key-not-from-register"}, self.assert_clean(alone))
        self.flip(alone / "seal.sig")
        self.assert_only("signature-wrong", alone.name, path=alone)

    def test_a_record_alone_with_a_stray_file_is_found(self):
        alone = pathlib.Path(self.folder.name, "usb", self.signed[0].name)
        shutil.copytree(self.signed[0], alone)
        (alone / "notes.doc").write_bytes(b"x")
        self.assert_only("unexplained-file", "notes.doc", path=alone)

    def test_a_director_the_register_does_not_know_is_found(self):
        self.assert_found("director-unknown", "", "--director", "ab" * 32)

    def test_a_log_key_other_than_the_one_given_is_found(self):
        self.assert_only("log-key-other", "", "--log-key", "ab" * 32)
        self.assert_clean(None, "--log-key", (self.place / "keys/log.vkey").read_text().strip())

    def test_the_report_is_readable_without_json(self):
        self.flip(self.signed[0] / "package.zip")
        result = run(self.place)
        self.assertEqual(result.returncode, 1)
        lines = result.stdout.splitlines()
        self.assertTrue(any(line.startswith("log key ") for line in lines))
        name = self.signed[0].relative_to(self.place).as_posix()
        self.assertTrue(any(line.startswith(f"package-digest {name}/package.zip: ") for line in lines), lines)
        self.assertTrue(any(line.startswith("notice: unsigned ") for line in lines), lines)
        self.assertRegex(lines[-1], "root [0-9a-f]{16}")


class CannotRun(Case):
    def test_no_path_no_such_path_and_no_archive_are_exit_code_2(self):
        self.assertEqual(subprocess.run([sys.executable, str(SCRIPT)], capture_output=True).returncode, 2)
        self.assertEqual(run(self.place).returncode, 2)
        self.assertEqual(run(self.folder.name).returncode, 2)

    def test_without_openssl_it_is_exit_code_2(self):
        self.write(make.School())
        result = run(self.place, environment={"PATH": self.folder.name})
        self.assertEqual(result.returncode, 2)
        self.assertIn("openssl", result.stderr)

    def test_an_openssl_that_agrees_to_everything_is_refused(self):
        self.write(make.School())
        fake = pathlib.Path(self.folder.name, "openssl")
        fake.write_text("#!/bin/sh\nexit 0\n")
        fake.chmod(0o755)
        self.assertEqual(run(self.place, environment={"PATH": f"{self.folder.name}:/bin"}).returncode, 2)


class Registers(Case):
    """The files are as written; what the register says is not right."""

    def school(self):
        school = make.School()
        school.director = school.add_key()
        school.time = "2025-10-25T07:12:00Z"
        return school

    def test_a_register_of_one_entry_is_clean(self):
        self.write(make.School())
        self.assert_clean()

    def test_full_tiles_and_the_level_above_them_are_checked(self):
        school = self.school()
        while len(school.entries) < 600:
            school.entry("repaired", location=school.second, files=0, paths=[])
        school.witness(school.director, 256)
        school.witness(school.director, 511)
        self.write(school)
        self.assert_clean()
        for name in ("1/000.p/2", "0/001", "0/002.p/90"):
            file = self.place / "register/tile" / name
            good = file.read_bytes()
            file.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
            self.assert_only("tile-wrong", name)
            file.write_bytes(good)

    def test_a_narrower_tile_left_over_must_be_a_beginning(self):
        school = self.school()
        self.write(school)
        for name, data in school.tiles(1).items():
            file = self.place / name
            file.write_bytes(data)
            self.assert_clean()
            file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
            self.assert_only("tile-wrong", name)
            file.unlink()

    def test_what_lies_beyond_the_checkpoint_does_not_count(self):
        school = self.school()
        self.write(school)
        school.entry("repaired", location=school.second, files=0, paths=[])
        for name, data in school.tiles().items():
            (self.place / name).write_bytes(data)
        self.assertIn("beyond-checkpoint", self.assert_clean())

    def test_a_rolled_checkpoint_leaves_records_without_entries(self):
        school = self.school()
        old = len(school.entries)
        school.seal(make.journal())
        self.write(school)
        for name, data in school.tiles(old).items():
            (self.place / name).write_bytes(data)
        (self.place / "register/checkpoint").write_bytes(school.checkpoint(old))
        self.assert_only("record-without-entry", "000001-7a-q1-journal")

    def test_a_checkpoint_by_another_key_is_found(self):
        school = self.school()
        self.write(school)
        (self.place / "register/checkpoint").write_bytes(school.checkpoint(key=school.new_key()))
        self.assert_only("checkpoint-signature")

    def test_a_second_signature_line_is_not_the_format(self):
        school = self.school()
        self.write(school)
        file = self.place / "register/checkpoint"
        file.write_bytes(file.read_bytes() + file.read_bytes().splitlines(True)[-1])
        self.assert_found("register-unreadable")

    def test_an_unknown_event_and_an_unknown_member_are_let_pass(self):
        school = self.school()
        school.entry("hold-placed", hold=1)
        school.entry("repaired", location=school.second, files=0, paths=[], weather="fine")
        self.write(school)
        self.assertIn("unknown-event", self.assert_clean())

    def test_every_event_of_the_format_is_known(self):
        events = [row[0].strip("`") for row in table("5.1 Entry")]
        self.assertGreater(len(events), 30)
        school = self.school()
        for event in (*events, "hold-placed"):
            school.entry(event, size=1, root=make.b64(make.merkle(school.entries[:1])))
        self.write(school)
        unknown = [what for code, _, what in self.check()["notices"] if code == "unknown-event"]
        self.assertEqual(unknown, ["hold-placed"])

    def test_a_document_is_of_the_kind_that_the_format_says_for_its_event(self):
        rows = [(kind.strip("`"), event) for kind, events, _ in table("3. Document")
                for event in re.findall("`(.+?)`", events)]
        named = {event.strip("`") for event, members in table("5.1 Entry")
                 if re.search("the (same )?four|`documents/", members)}
        self.assertEqual({event for _, event in rows}, named)
        school = self.school()
        school.seal(make.journal())
        for right in (True, False):
            for kind, event in rows:
                if event != "printed":  # its kind depends on the record's
                    school.document(event, kind if right else "extract", {})
            self.write(school)
            wrong = [path for code, path, _ in self.check()["findings"] if code == "document-wrong"]
            self.assertEqual(len(wrong), 0 if right else len(rows) - 2)

    def test_members_of_an_unknown_event_mean_nothing(self):
        school = self.school()
        school.entry("hold-placed", size=99, root=7, known_size="many", replaces=5, key="none")
        self.write(school)
        self.assertNotIn("entries-lost", self.assert_clean())

    def test_an_unknown_event_may_name_files_of_a_record_and_documents(self):
        school = self.school()
        path = school.seal(make.journal())
        school.files[f"{path}/seal.tsr"] = b"stamp"
        school.entry("timestamped", record=1, files=[{"name": "seal.tsr", "sha256": make.sha256(b"stamp")}])
        school.document("calendar-adopted", "calendar", {"days": []})
        self.write(school)
        self.assertIn("unknown-event", self.assert_clean())
        (self.place / path / "seal.tsr").write_bytes(b"other")
        self.assert_only("file-digest", "seal.tsr")

    def test_an_entry_of_another_version_is_found(self):
        school = self.school()
        school.entry("repaired", v=2)
        self.write(school)
        self.assert_only("entry-version", "register#2")

    def test_an_entry_of_another_type_or_place_is_found(self):
        for changes in ({"t": "letopis/document/v1"}, {"seq": 7}):
            school = self.school()
            school.entry("repaired", location=school.second, files=0, paths=[], **changes)
            self.write(school)
            self.assert_only("entry-wrong", "register#2")
            shutil.rmtree(self.place)

    def test_times_never_decrease(self):
        school = self.school()
        school.time = "2025-09-30T00:00:00Z"
        school.entry("repaired", location=school.second, files=0, paths=[])
        school.time = "2025-09-29T23:59:59Z"
        school.entry("repaired", location=school.second, files=0, paths=[])
        self.write(school)
        self.assert_only("time-decreases", "register#3")

    def test_an_entry_must_be_canonical_json(self):
        good = make.dump({"event": "repaired", "seq": 2, "t": "letopis/entry", "time": "2025-10-25T07:12:00Z", "v": 1})
        for bad in (good.replace(b'"seq":2', b'"seq": 2'), good.replace(b'"v":1', b'"v":1,"v":1'),
                    good.replace(b'"seq":2', b'"seq":2.0'), good + b"\n", good.replace(b'"v":1', b'"v":1,"w":null'),
                    good.replace(b'"v":1', b'"v":1,"w":1.5'), good.replace(b'"v":1', b'"v":1,"w":9007199254740992'),
                    good.replace(b'"v":1', b'"v":1,"w":NaN'), good.replace(b"repaired", b"repa\\u0069red"),
                    good.replace(b'"v":1', b'"v":1,"w":' + b"[" * 20000 + b"]" * 20000), b"[]", b"\xff", b""):
            school = self.school()
            school.entries.append(bad)
            self.write(school)
            self.assert_only("entry-wrong", "register#2")
            shutil.rmtree(self.place)

    def test_the_first_entry_and_no_other_creates_the_archive(self):
        school = self.school()
        school.entry("archive-created", archive=school.archive, log_key=school.log_key.public.hex(),
                     primary=school.primary, second=school.second)
        self.write(school)
        self.assert_only("entry-wrong", "register#2")

    def test_a_witness_names_the_root_there_was(self):
        school = self.school()
        school.witness(school.director, 1, make.b64(bytes(32)))
        self.write(school)
        self.assert_only("entry-wrong", "register#2")

    def test_a_witness_cannot_speak_of_what_comes_after_it(self):
        school = self.school()
        school.witness(school.director, len(school.entries) + 1, make.b64(bytes(32)))
        self.write(school)
        self.assert_only("entry-wrong", "register#2")

    def test_a_witness_is_signed_by_a_director(self):
        school = self.school()
        deputy = school.add_key("deputy", endorser=school.director)
        school.witness(deputy)
        self.write(school)
        self.assert_only("key-role", "register#3")

    def test_a_witness_with_a_wrong_signature_is_found(self):
        school = self.school()
        root = make.b64(make.merkle(school.entries))
        school.entry("checkpoint-witnessed", key=school.director.fingerprint, size=2, root=root,
                     signature=school.director.sign(b"another text").hex())
        self.write(school)
        self.assert_only("signature-wrong", "register#2")

    def test_a_new_log_key_endorsed_by_the_director_signs_on(self):
        school = self.school()
        root = make.b64(make.merkle(school.entries))
        school.entry("restored", location=school.second, size=2, root=root)
        school.change_log_key(school.director, 2)
        self.write(school)
        self.assert_clean()

    def test_entries_lost_in_a_restoration_are_told(self):
        school = self.school()
        root = make.b64(make.merkle(school.entries))
        school.entry("restored", location=school.second, size=2, root=root, known_size=9, known_root=root)
        self.write(school)
        self.assertIn("entries-lost", self.assert_clean())

    def test_a_restored_register_must_be_the_one_found(self):
        school = self.school()
        school.entry("restored", location=school.second, size=2, root=make.b64(bytes(32)))
        self.write(school)
        self.assert_only("entry-wrong", "register#2")

    def test_a_new_log_key_nobody_endorsed_does_not_count(self):
        school = self.school()
        school.change_log_key(school.new_key())
        self.write(school)
        self.assert_found("key-unknown", "register#2")
        self.assert_found("checkpoint-signature")


class Keys(Case):
    def school(self, **director):
        school = make.School()
        school.founder = school.add_key("founder", until=None, order=None)
        school.director = school.add_key(endorser=school.founder, **director)
        school.time = "2025-10-25T07:12:00Z"
        school.seal(make.journal())
        return school

    def test_a_key_bound_by_the_order_alone_is_told(self):
        school = make.School()
        school.add_key()
        self.write(school)
        self.assertIn("key-bound-by-order", self.assert_clean())

    def test_a_key_that_nobody_endorsed_is_found_and_its_signature_does_not_count(self):
        school = self.school()
        stranger = school.add_key()
        school.known.pop()
        school.sign(1, stranger, witness=False)
        self.write(school)
        self.assert_found("key-not-endorsed", "register#4")
        self.assert_found("key-unknown", "register#5")

    def test_a_deputy_cannot_endorse_a_director(self):
        school = self.school()
        deputy = school.add_key("deputy", endorser=school.director)
        school.add_key(endorser=deputy)
        school.known.pop()
        self.write(school)
        self.assert_only("key-role", "register#5")

    def test_an_endorsement_of_other_lines_is_found(self):
        school = self.school()
        school.add_key("deputy", endorser=school.director, order="13-к/2025-09-01", **{"from": "2025-09-01T21:00:00Z"})
        school.known.pop()
        self.write(school)
        self.assertTrue({each[0] for each in self.check()["findings"]} & {"key-not-possessed", "key-not-endorsed"})

    def test_a_key_must_be_possessed(self):
        school = self.school()
        school.add_key("deputy", endorser=school.director, possession=school.director)
        school.known.pop()
        self.write(school)
        self.assert_only("key-not-possessed")

    def test_a_key_is_named_by_its_fingerprint(self):
        school = self.school()
        school.add_key("deputy", endorser=school.director, key=school.new_key())
        school.entries[-1] = school.entries[-1].replace(school.known[-1][0].fingerprint.encode(), b"ab" * 32)
        school.known.pop()
        self.write(school)
        self.assert_only("entry-wrong")

    def test_a_key_is_added_once(self):
        school = self.school()
        school.add_key(endorser=school.founder, key=school.director)
        school.known.pop()
        self.write(school)
        self.assert_only("entry-wrong")

    def test_when_no_key_that_could_endorse_is_valid_the_order_binds_again(self):
        school = make.School()
        school.add_key(until="2025-09-15T00:00:00Z")
        school.time = "2025-09-15T00:00:00Z"
        late = school.add_key()
        school.seal(make.journal())
        school.sign(1, late)
        self.write(school)
        self.assert_clean()

    def test_a_signature_after_the_term_does_not_count(self):
        school = self.school(until="2025-10-25T07:12:00Z")
        school.sign(1, school.director, witness=False)
        self.write(school)
        self.assert_only("key-out-of-term", "register#4")

    def test_a_signature_before_the_term_does_not_count(self):
        school = self.school(start="2025-10-25T07:12:01Z")
        school.sign(1, school.director, witness=False)
        self.write(school)
        self.assert_only("key-out-of-term", "register#4")

    def test_a_signature_after_the_revocation_does_not_count(self):
        school = self.school()
        school.revoke(school.director)
        school.sign(1, school.director, witness=False)
        self.write(school)
        self.assert_only("key-revoked", "register#5")

    def test_a_signature_before_the_revocation_counts(self):
        school = self.school()
        school.sign(1, school.director)
        school.revoke(school.director)
        self.write(school)
        self.assertNotIn("unsigned", self.assert_clean())

    def test_a_signature_of_a_deputy_does_not_count(self):
        school = self.school()
        school.sign(1, school.add_key("deputy", endorser=school.director), witness=False)
        self.write(school)
        self.assert_only("key-role", "register#5")

    def test_both_signatures_must_be_by_the_key_named(self):
        other = make.Key(bytes(range(32)))
        for changes in ({"raw": other}, {"ssh": other}):
            school = self.school()
            school.sign(1, school.director, **changes)
            self.write(school)
            self.assert_only("signature-wrong", "seal.sig")
            shutil.rmtree(self.place)

    def test_two_good_signatures_by_a_key_that_the_entry_does_not_name_do_not_count(self):
        other = make.Key(bytes(range(32)))
        school = self.school()
        school.sign(1, school.director, raw=other, ssh=other)
        self.write(school)
        self.assert_only("signature-wrong", "seal.sig")

    def test_the_openssh_signature_alone_must_be_over_the_seal_too(self):
        school = self.school()
        original = make.Key.sshsig
        make.Key.sshsig = lambda key, text: original(key, text + b"x")
        self.addCleanup(setattr, make.Key, "sshsig", original)
        school.sign(1, school.director)
        self.write(school)
        self.assert_only("signature-wrong", "seal.sig")

    def test_a_raw_signature_is_64_bytes(self):
        for change in (lambda raw: raw + b"\0", lambda raw: raw[:-1], lambda raw: b""):
            school = self.school()
            original = make.Key.sign
            make.Key.sign = lambda key, text: change(original(key, text)) if text == school.records[1]["seal"] else original(key, text)
            school.sign(1, school.director)
            make.Key.sign = original
            self.write(school)
            self.assert_only("signature-wrong", "seal.sig")
            shutil.rmtree(self.place)

    def test_both_signatures_must_be_over_the_seal(self):
        school = self.school()
        school.sign(1, school.director, sealed=b"letopis/seal/v1\n")
        self.write(school)
        self.assert_only("signature-wrong", "seal.sig")

    def test_an_openssh_signature_for_another_purpose_does_not_count(self):
        school = self.school()
        original = make.Key.sshsig
        make.Key.sshsig = lambda key, text: original(key, text, b"git")
        self.addCleanup(setattr, make.Key, "sshsig", original)
        school.sign(1, school.director)
        self.write(school)
        self.assert_only("signature-wrong", "seal.sig")

    def test_a_second_signature_counts_beside_the_first(self):
        school = self.school()
        school.sign(1, school.director)
        school.sign(1, school.add_key(endorser=school.director), nth=".2")
        self.write(school)
        self.assert_clean()

    def test_signatures_must_come_from_the_director_named(self):
        school = self.school()
        school.sign(1, school.director)
        heir = school.add_key(endorser=school.director)
        self.write(school)
        for trusted in (school.founder, school.director):
            self.assert_clean(None, "--director", trusted.fingerprint)
        self.assert_only("director-other", "000001", "--director", heir.fingerprint)

    def test_an_heir_of_the_director_named_is_trusted(self):
        school = self.school()
        school.sign(1, school.add_key(endorser=school.director))
        self.write(school)
        self.assert_clean(None, "--director", school.director.fingerprint)

    def test_a_record_alone_must_be_signed_by_the_director_named(self):
        school = self.school()
        school.sign(1, school.director)
        alone = pathlib.Path(self.folder.name, "usb", "000001-7a-q1-journal")
        shutil.copytree(self.write(school) / "records/2025-26/000001-7a-q1-journal", alone)
        self.assert_clean(alone, "--director", school.director.fingerprint)
        self.assert_only("director-other", alone.name, "--director", school.founder.fingerprint, path=alone)

    def test_ssh_keygen_agrees_with_the_files(self):
        if not shutil.which("ssh-keygen"):
            self.skipTest("no ssh-keygen")
        school = self.school()
        school.sign(1, school.director)
        self.write(school)
        self.assert_clean()
        record = self.place / "records/2025-26/000001-7a-q1-journal"
        for time, code in (("20251025071200Z", 0), ("20261025071200Z", 255)):
            command = ["ssh-keygen", "-Y", "verify", "-f", self.place / "allowed_signers", "-I", "director", "-n",
                       "letopis", f"-Overify-time={time}", "-s", record / "seal.sshsig"]
            with open(record / "seal.txt", "rb") as seal:
                self.assertEqual(subprocess.run(command, stdin=seal, capture_output=True).returncode, code)

    def test_keys_of_small_order_and_non_canonical_ones_are_refused(self):
        prime = 2**255 - 19
        eight = int.from_bytes(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little")
        for y in (0, 1, prime - 1, eight, prime - eight, prime, prime + 1):
            for sign in (0, 1 << 255):
                school = make.School()
                weak = make.Key(bytes(32))
                weak.public = (y + sign).to_bytes(32, "little")
                weak.fingerprint = make.sha256(bytes.fromhex("302a300506032b6570032100") + weak.public)
                # R = the key's opposite or itself and S = 0 pass where small order is not refused
                weak.sign = lambda text: weak.public + bytes(32)
                school.add_key(key=weak)
                school.known.pop()
                self.write(school)
                self.assert_only("key-not-possessed")
                shutil.rmtree(self.place)


class Statements(Case):
    """A statement, record 2, drawn from the journal of quarter 1, record 1."""

    def seal(self, change=None, forged=None, **options):
        """`change` alters the content before cards are made of it, `forged` the payload after."""
        school = make.School()
        school.seal(make.journal(), 1)
        self.seal_of_1 = make.sha256(school.records[1]["seal"])
        content = make.statement([("2025-26/q1", 1, self.seal_of_1)])
        if change:
            change(content)
        school.seal(content, 2, part="year", spoil=forged, **options)
        self.school = school
        return self.write(school)

    def test_a_statement_is_clean(self):
        self.seal()
        self.assert_clean()
        self.assert_clean(self.first("records/*/*-statement"))

    def test_a_statement_of_a_pupil_of_whom_nothing_is_known_but_the_name_is_clean(self):
        def change(content):
            for part in ("progress", "attendance"):
                del content[part]["rows"][1:]
            content["movement"].update(pupils=content["movement"]["pupils"][:1], arrived=[], left=[])
        self.seal(change)
        self.assert_clean()

    def test_a_statements_numbered_copy_is_a_document_of_its_own_kind(self):
        for kind, wanted in (("statement-copy", []), ("paper-copy", ["document-wrong"])):
            self.seal()
            sheets = [{"from": 1, "kind": "statement", "to": 3}]
            self.school.document("printed", kind, {"copy": 1, "record": 2, "sheets": sheets, "two_sided": False},
                                 pdf=b"%PDF-1.7\n", copy=1, record=2, sheets=sheets, retention="statements")
            self.write(self.school)
            self.assertEqual([code for code, _, _ in self.check()["findings"]], wanted)
            shutil.rmtree(self.place)

    def test_whatever_is_altered_in_a_sealed_statement_is_found(self):
        def places(value, path=()):
            items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
            inside = [each for name, item in items for each in places(item, (*path, name))]
            return inside + ([path] if not isinstance(value, dict) and value not in ("", []) else [])
        def altered(value):
            return value[:-1] if isinstance(value, list) else value + 1 if isinstance(value, int) else value + "я"
        self.seal()
        whole = make.statement([("2025-26/q1", 1, self.seal_of_1)])
        every = places(whole)
        self.assertGreater(len(every), 150)
        for path in every[::7]:
            def forged(payload):
                content = json.loads(payload["data/statement.json"])
                inner = content
                for name in path[:-1]:
                    inner = inner[name]
                inner[path[-1]] = altered(inner[path[-1]])
                payload["data/statement.json"] = make.dump(content)
            shutil.rmtree(self.place)
            self.seal(forged=forged)
            self.assertTrue(self.check(self.first("records/*/*-statement"))["findings"], path)

    def test_a_card_that_says_otherwise_than_the_statement_is_found(self):
        for kind, change in (("year-card", lambda value: value.update(surname="Другой")),
                             ("year-results", lambda value: value["marks"][0].update(value="3") if value["marks"] else None),
                             ("year-totals", lambda value: value["moved"][0].update(left=0)),
                             ("year-class", lambda value: value.update(subjects=[]))):
            def forged(payload):
                lines = payload["data/cards.jsonl"].splitlines()
                at = next(at for at, line in enumerate(lines) if json.loads(line)["t"] == f"letopis/{kind}/v1")
                value = json.loads(lines[at])
                change(value)
                lines[at] = make.dump(value)
                payload["data/cards.jsonl"] = b"".join(line + b"\n" for line in lines)
                return make.merkle(lines[:32])
            self.seal(forged=forged)
            self.assert_found(f"{kind}-wrong", "cards.jsonl#")
            shutil.rmtree(self.place)

    def test_a_source_that_was_not_sealed_so_is_found(self):
        for change in ({"record": 9}, {"seal": "ab" * 32}, {"record": 2}):
            self.seal(lambda content: content["sources"][0].update(change))
            self.assert_only("statement-source")
            shutil.rmtree(self.place)

    def test_parts_of_a_statement_that_contradict_each_other_are_found(self):
        def heading(content):
            content["attendance"]["heading"] = {**content["attendance"]["heading"], "teacher": "Другая"}
        for change in (heading,
                       lambda content: content["attendance"]["rows"][0].update(pupil=content["movement"]["pupils"][1]),
                       lambda content: content["progress"]["unjoined"].append({}),
                       lambda content: content["movement"]["left"][0].update(pupil=3),
                       lambda content: content.update({"class": "7Б"}),
                       lambda content: content.update(school_year="2024-25"),
                       lambda content: content.update(sources=[])):
            self.seal(change)
            self.assert_found("statement-wrong")
            shutil.rmtree(self.place)

    def test_a_statement_with_source_files_or_pages_is_found(self):
        for name in ("data/source/0001.json", "data/pages.jsonl"):
            self.seal(forged=lambda payload: payload.update({name: b""}))
            self.assert_found("bag-wrong")
            shutil.rmtree(self.place)


class Records(Case):
    """Packages sealed and registered as they should not have been."""

    def seal(self, content=None, **options):
        school = make.School()
        school.seal(content or make.journal(), **options)
        return self.write(school)

    def spoil(self, name, change):
        def spoil(payload):
            payload[name] = change(payload[name])
        self.seal(spoil=spoil)

    def lines(self, kind, change):
        """Changes the first line of `data/cards.jsonl` with this type, the tree being made anew."""
        def spoil(payload):
            lines = payload["data/cards.jsonl"].splitlines()
            at = next(at for at, line in enumerate(lines) if json.loads(line)["t"] == f"letopis/{kind}/v1")
            value = json.loads(lines[at])
            lines[at] = make.dump(change(value) or value)
            payload["data/cards.jsonl"] = b"".join(line + b"\n" for line in lines)
            return make.merkle(lines[:32])
        self.seal(spoil=spoil)

    def zipped(self, change):
        self.seal(zipped=change)

    def test_journals_of_other_shapes_are_clean(self):
        many = [{"id": f"s{at}", "number": at, "surname": "Иванов", "name": str(at)} for at in range(1, 42)]
        content = make.journal(pupils=many, movements=[], decisions=[])
        content["pages"][0].update(entries=[], finals=[])
        content["pages"][1].update(pupils=["s1"], entries=[])
        self.seal(content)
        self.assert_clean()

    def test_a_journal_without_pages_is_clean(self):
        self.seal(make.journal(pages=[]))
        self.assert_clean()

    def test_a_journal_must_be_canonical(self):
        self.spoil("data/journal.json", lambda data: data + b"\n")
        self.assert_found("journal-wrong")

    def test_a_journal_of_another_class_than_the_seal_is_found(self):
        self.spoil("data/journal.json", lambda data: data.replace("А".encode(), "Б".encode(), 1))
        self.assert_found("journal-wrong")

    def test_a_mark_changed_in_the_journal_alone_is_found_in_view_and_cards(self):
        self.spoil("data/journal.json", lambda data: data.replace(b'{"value":"3"}', b'{"value":"5"}', 1))
        self.assert_found("page-wrong")
        self.assert_found("marks-wrong")

    def test_a_view_that_differs_from_the_journal_is_found(self):
        self.spoil("data/pages.jsonl", lambda data: data.replace("Дроби".encode(), "Дробь".encode()))
        self.assert_only("page-wrong", "pages.jsonl")

    def test_a_view_of_a_page_that_is_not_there_is_found(self):
        self.spoil("data/pages.jsonl", lambda data: data + data.splitlines(True)[0])
        self.assert_only("lines-wrong")

    def test_a_missing_view_is_found(self):
        self.spoil("data/pages.jsonl", lambda data: b"".join(data.splitlines(True)[:-1]))
        self.assertTrue(self.check()["findings"])

    def test_a_view_without_salt_is_found(self):
        self.spoil("data/pages.jsonl", lambda data: data.replace(b'"salt":"', b'"salt":"f'))
        self.assert_found("journal-wrong")

    def test_a_card_that_differs_from_the_journal_is_found(self):
        for change in (lambda card: {**card, "name": "Иван"}, lambda card: {**card, "more": 1},
                       lambda card: {**card, "movements": [{"date": "2025-10-02", "kind": "came"}]},
                       lambda card: {**card, "pages": card["pages"][:-1] or ["ab" * 32]}):
            self.lines("card", change)
            self.assert_only("card-wrong", "cards.jsonl")
            shutil.rmtree(self.place)

    def test_two_cards_of_one_pupil_and_none_of_another_are_found(self):
        def spoil(payload):
            lines = payload["data/cards.jsonl"].splitlines()
            cards = [at for at, line in enumerate(lines[:32]) if b"letopis/card" in line]
            lines[cards[0]] = lines[cards[1]]
            payload["data/cards.jsonl"] = b"".join(line + b"\n" for line in lines)
            return make.merkle(lines[:32])
        self.seal(spoil=spoil)
        self.assert_found("pad-wrong")
        self.assert_found("card-missing")
        self.assert_found("lines-wrong")

    def test_a_pad_with_something_in_it_is_found(self):
        self.lines("pad", lambda pad: {**pad, "note": "x"})
        self.assert_only("pad-wrong", "cards.jsonl")

    def test_lessons_leaves_marks_and_attendance_that_differ_are_found(self):
        for kind, change in (
                ("lessons", lambda text: {**text, "planned_hours": 25}),
                ("leaf", lambda leaf: {**leaf, "finals": []}),
                ("leaf", lambda leaf: {**leaf, "page": True}),
                ("leaf", lambda leaf: {**leaf, "marks": "ab" * 32}),
                ("marks", lambda text: {**text, "marks": text["marks"][::-1]}),
                ("attendance", lambda text: {**text, "absences": []})):
            self.lines(kind, change)
            self.assert_found(f"{kind}-wrong", "cards.jsonl")
            shutil.rmtree(self.place)

    def test_lines_over_are_found(self):
        self.spoil("data/cards.jsonl", lambda data: data + make.dump({"salt": "ab" * 16, "t": "letopis/pad/v1"}) + b"\n")
        self.assert_only("lines-wrong")

    def test_lines_that_are_missing_are_found(self):
        self.spoil("data/cards.jsonl", lambda data: b"".join(data.splitlines(True)[:-1]))
        self.assertTrue(self.check()["findings"])

    def test_a_last_line_without_its_end_is_found(self):
        self.spoil("data/cards.jsonl", lambda data: data[:-1])
        self.assert_found("lines-wrong")

    def test_something_after_the_last_line_is_found(self):
        for name in ("cards", "pages"):
            self.spoil(f"data/{name}.jsonl", lambda data: data + b"x")
            self.assert_only("lines-wrong")
            shutil.rmtree(self.place)

    def test_cards_swapped_after_sealing_have_another_root(self):
        self.spoil("data/cards.jsonl", lambda data: b"".join(
            data.splitlines(True)[1::-1] + data.splitlines(True)[2:]))
        self.assert_only("cards-root")

    def test_more_cards_than_needed_are_found(self):
        self.seal(**{"cards-size": 64})
        self.assert_found("cards-size")

    def test_a_page_that_lists_the_whole_class_is_not_canonical(self):
        content = make.journal()
        content["pages"][0]["pupils"] = ["s1", "s2", "s3"]
        self.seal(content)
        self.assert_only("journal-wrong")

    def test_a_reference_to_nobody_is_a_finding_and_no_crash(self):
        self.spoil("data/journal.json", lambda data: data.replace(b'"teacher":"t2"', b'"teacher":"t9"'))
        self.assert_found("journal-wrong")

    def test_a_manifest_that_lies_is_found(self):
        def change(members):
            for at, (info, data) in enumerate(members):
                if info.filename.endswith("source/0001.json"):
                    members[at] = (info, b"{}")
        self.zipped(change)
        self.assert_found("bag-wrong")

    def test_each_tag_file_is_checked(self):
        for name, old, new in (("bagit.txt", b"1.0", b"0.9"), ("bag-info.txt", b"000001", b"000002"),
                               ("bag-info.txt", b"%25", b"%"), ("bag-info.txt", b"Payload-Oxum: ", b"Payload-Oxum: 1"),
                               ("tagmanifest-sha256.txt", b"  bag-info", b" *bag-info"),
                               ("/manifest-sha256.txt", b"  data/cards", b"  data/cord")):
            def change(members):
                for at, (info, data) in enumerate(members):
                    if info.filename.endswith(name):
                        members[at] = (info, data.replace(old, new, 1))
                        self.assertNotEqual(members[at][1], data)
            self.zipped(change)
            self.assert_found("bag-wrong")
            shutil.rmtree(self.place)

    def test_several_source_files_are_clean(self):
        def spoil(payload):
            payload["data/source/0002.xlsx"] = b"PK"
        self.seal(spoil=spoil)
        self.assert_clean()

    def test_source_files_are_numbered_from_1(self):
        def spoil(payload):
            payload["data/source/0002.json"] = payload.pop("data/source/0001.json")
        self.seal(spoil=spoil)
        self.assert_only("bag-wrong")

    def test_a_source_file_without_its_line_is_found(self):
        def change(members):
            for at, (info, data) in enumerate(members):
                if info.filename.endswith("/bag-info.txt"):
                    members[at] = (info, data[:data.index(b"Source-Name")])
        self.zipped(change)
        self.assert_only("bag-wrong")

    def test_members_in_another_order_are_found(self):
        self.zipped(lambda members: members.reverse())
        self.assert_only("bag-wrong")

    def test_a_member_that_the_bag_does_not_list_is_found(self):
        def change(members):
            info = make.zipfile.ZipInfo("000001-7a-q1-journal/virus.exe")
            info.external_attr, info.compress_type = 0o100644 << 16, zipfile_deflated
            members.append((info, b"x"))
        zipfile_deflated = make.zipfile.ZIP_DEFLATED
        self.zipped(change)
        self.assert_only("bag-wrong")

    def test_a_missing_member_is_found(self):
        self.zipped(lambda members: members.pop())
        self.assert_found("bag-wrong")

    def test_a_member_there_twice_is_refused(self):
        import warnings
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.zipped(lambda members: members.append(members[-1]))
        self.assert_only("package-refused")

    def test_links_other_modes_times_methods_and_names_are_refused(self):
        def link(info):
            info.external_attr = (stat.S_IFLNK | 0o644) << 16
        def mode(info):
            info.external_attr = 0o100755 << 16
        def time(info):
            info.date_time = (2025, 1, 1, 0, 0, 0)
        def method(info):
            info.compress_type = make.zipfile.ZIP_BZIP2
        def upwards(info):
            info.filename = "../x"
        def cyrillic(info):
            info.filename += "ж"
        def outside(info):
            info.filename = "000002-7a-q1-journal/x"
        for spoil in (link, mode, time, method, upwards, cyrillic, outside):
            self.zipped(lambda members: spoil(members[-1][0]))
            self.assert_only("package-refused")
            shutil.rmtree(self.place)

    def patched(self, change):
        """The zip's bytes changed before they are sealed."""
        original = make.School.package
        def package(school, *arguments):
            return change(bytearray(original(school, *arguments)))
        make.School.package = package
        self.addCleanup(setattr, make.School, "package", original)
        self.seal()

    def test_an_encrypted_member_is_refused(self):
        def change(data):
            data[data.rindex(b"PK\x01\x02") + 8] |= 1
            return bytes(data)
        self.patched(change)
        self.assert_only("package-refused")

    def test_a_member_with_a_wrong_checksum_is_refused(self):
        def change(data):
            data[data.rindex(b"PK\x01\x02") + 16] ^= 1
            return bytes(data)
        self.patched(change)
        self.assert_only("package-refused")

    def test_what_is_no_zip_is_refused(self):
        self.patched(lambda data: b"not a zip")
        self.assert_only("package-refused")

    def test_a_zip_bomb_is_refused(self):
        """1 GiB and a little of zeros, in a source file."""
        big = pathlib.Path(self.folder.name, "zeros")
        with open(big, "wb") as file:
            file.truncate((1 << 30) + 1)
        def package(school, *arguments):
            out = pathlib.Path(self.folder.name, "bomb.zip")
            with make.zipfile.ZipFile(out, "w") as archive:
                info = make.zipfile.ZipInfo("000001-7a-q1-journal/data/source/0001.json")
                info.external_attr, info.compress_type = 0o100644 << 16, make.zipfile.ZIP_DEFLATED
                with archive.open(info, "w", force_zip64=True) as member, open(big, "rb") as source:
                    shutil.copyfileobj(source, member, 1 << 20)
            return out.read_bytes()
        original = make.School.package
        make.School.package = package
        self.addCleanup(setattr, make.School, "package", original)
        self.seal()
        self.assert_only("package-refused")

    def test_a_seal_that_disagrees_with_its_entry_is_found(self):
        for changes in ({"record": "000002"}, {"class": "7Б"}, {"period": "2025-26/q2"}, {"retention": "other"},
                        {"archive": "ab" * 16}, {"kind": "statement"}):
            self.seal(**changes)
            self.assert_found("seal-disagrees", "seal.txt")
            shutil.rmtree(self.place)

    def test_a_seal_that_replaces_another_seal_than_its_entry_is_found(self):
        school = make.School()
        school.seal(make.journal(), 1)
        school.records[1]["seal"] += b"\n"
        school.seal(make.journal(), 2, replaces=1)
        self.write(school)
        self.assert_only("seal-disagrees", "000002")

    def test_a_seal_of_another_day_or_school_than_its_bag_is_found(self):
        for changes in ({"sealed": "2025-09-02T08:00:00Z"}, {"school": "1 МБОУ «СОШ № 8»"}):
            self.seal(**changes)
            self.assert_found("bag-wrong")
            shutil.rmtree(self.place)

    def test_a_seal_with_lines_in_another_order_is_found(self):
        school = make.School()
        path = school.seal(make.journal())
        lines = school.files[f"{path}/seal.txt"].splitlines(True)
        text = b"".join([lines[0], lines[2], lines[1], *lines[3:]])
        school.entries[-1] = school.entries[-1].replace(
            make.sha256(school.files[f"{path}/seal.txt"]).encode(), make.sha256(text).encode())
        school.files[f"{path}/seal.txt"] = text
        self.write(school)
        self.assert_only("seal-malformed")

    def test_a_record_replaced_twice_is_found(self):
        school = make.School()
        school.seal(make.journal(), 1)
        school.seal(make.journal(), 2, replaces=1)
        school.seal(make.journal(), 3, replaces=1)
        self.write(school)
        self.assert_only("replaced-twice", "register#4")

    def test_a_chain_of_replacements_is_clean(self):
        school = make.School()
        school.seal(make.journal(), 1)
        school.seal(make.journal(), 2, replaces=1)
        school.seal(make.journal(), 3, replaces=2)
        self.write(school)
        self.assert_clean()

    def test_a_record_that_replaces_nothing_known_is_found(self):
        school = make.School()
        path = school.seal(make.journal(), 1)
        school.entries[-1] = make.dump({**json.loads(school.entries[-1]), "replaces": 7})
        self.write(school)
        self.assert_found("entry-wrong", "register#1")

    def test_a_number_is_used_once(self):
        school = make.School()
        school.seal(make.journal(), 1)
        school.seal(make.journal(), 1, slug="7b")
        self.write(school)
        self.assert_found("entry-wrong", "register#2")

    def test_a_path_cannot_lead_out_of_the_records(self):
        for bad in ("records/2025-26/../../000001-7a-q1-journal", "/etc/000001-7a-q1-journal", "records/2025-26/000002-7a-q1-journal"):
            school = make.School()
            school.seal(make.journal(), 1)
            school.entries[-1] = make.dump({**json.loads(school.entries[-1]), "path": bad})
            self.write(school)
            self.assert_found("entry-wrong", "register#1")
            shutil.rmtree(self.place)

    def test_a_file_named_by_an_entry_cannot_lie_elsewhere(self):
        school = make.School()
        school.seal(make.journal(), 1)
        school.entry("timestamped", record=1, files=[{"name": "../../../location.json", "sha256": "ab" * 32}])
        self.write(school)
        self.assert_found("entry-wrong", "register#2")

    def test_a_package_of_another_size_than_registered_is_found(self):
        school = make.School()
        school.seal(make.journal(), 1)
        school.entries[-1] = make.dump({**json.loads(school.entries[-1]), "bytes": 1})
        self.write(school)
        self.assert_only("package-digest")

    def test_a_document_that_disagrees_with_its_entry_is_found(self):
        for event, kind in (("settings-changed", "file-plan"), ("plan-adopted", "settings")):
            school = make.School()
            school.document(event, kind, {})
            self.write(school)
            self.assert_only("document-wrong")
            shutil.rmtree(self.place)


if __name__ == "__main__":
    unittest.main()
