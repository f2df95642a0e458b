"""Makes small locations by docs/formats.md, for the tests of scripts/verify.py.

It shares no code with that script, so that a misreading of the page has to be made twice to go unseen.
Names are invented. Keys and salts come from a seeded generator: the same calls make the same bytes.

    python3 make_location.py DIRECTORY      writes a valid location
"""
import base64
import hashlib
import io
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import zipfile

SCHOOL_ID, SCHOOL_NAME = "1020200000001", "МБОУ «СОШ № 7»"


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def b64(data):
    return base64.b64encode(data).decode("ascii")


def dump(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def merkle(leaves):
    """RFC 6962 § 2.1, word for word."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + merkle(leaves[:k]) + merkle(leaves[k:])).digest()


def wire(*parts):
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


class Key:
    """An Ed25519 key; openssl signs with it."""

    def __init__(self, seed):
        self.private = bytes.fromhex("302e020100300506032b657004220420") + seed
        der = self._openssl(["pkey", "-inform", "DER", "-pubout", "-outform", "DER", "-in"], self.private)
        self.public = der[-32:]
        self.fingerprint = sha256(der)
        self.pem = self._openssl(["pkey", "-pubin", "-inform", "DER", "-in"], der)

    @staticmethod
    def _openssl(arguments, data):
        with tempfile.NamedTemporaryFile() as file:
            file.write(data)
            file.flush()
            return subprocess.run(["openssl", *arguments, file.name], check=True, capture_output=True).stdout

    def sign(self, text):
        with tempfile.NamedTemporaryFile() as key:
            key.write(self.private)
            key.flush()
            return self._openssl(["pkeyutl", "-sign", "-keyform", "DER", "-inkey", key.name, "-rawin", "-in"], text)

    def sshsig(self, text, namespace=b"letopis"):
        hashed = hashlib.sha512(text).digest()
        signature = self.sign(b"SSHSIG" + wire(namespace, b"", b"sha512", hashed))
        blob = b"SSHSIG" + (1).to_bytes(4, "big") + wire(
            wire(b"ssh-ed25519", self.public), namespace, b"", b"sha512", wire(b"ssh-ed25519", signature))
        armour = b64(blob)
        lines = [armour[at:at + 70] for at in range(0, len(armour), 70)]
        return ("-----BEGIN SSH SIGNATURE-----\n" + "\n".join(lines) + "\n-----END SSH SIGNATURE-----\n").encode()


def journal(**changes):
    """Class 7А, quarter 1: a subgroup, a substitute without a name, a pupil who left, things that are absent."""
    value = {
        "format": "letopis-journal/1",
        "source": {"system": "letopis-journal", "exported": "2025-10-25T10:12:00+03:00", "file": "7a.json"},
        "school": {"name": SCHOOL_NAME, "id": SCHOOL_ID},
        "school_year": "2025-26",
        "class": {"grade": 7, "letter": "А", "teacher": "t1"},
        "period": {"kind": "quarter", "number": 1, "from": "2025-09-01", "to": "2025-10-24"},
        "people": [
            {"id": "t1", "surname": "Орлова", "name": "Мария", "patronymic": "Ивановна"},
            {"id": "t2", "surname": "Лисицын", "name": "Пётр"},
            {"id": "t3"}],
        "pupils": [
            {"id": "s1", "number": 1, "surname": "Агатов", "name": "Артём", "patronymic": "Ильич", "born": "2012-03-14",
             "file_number": "А-17"},
            {"id": "s2", "number": 2, "surname": "Берилова", "name": "Вера"},
            {"id": "s3", "surname": "Гранитов", "name": "Глеб", "born": "2012-07-01"}],
        "movements": [{"pupil": "s3", "kind": "left", "date": "2025-10-02", "order": "12-к"}],
        "decisions": [{"pupil": "s1", "text": "переведён", "date": "2025-10-20", "protocol": "7"}],
        "pages": [
            {"subject": "Алгебра", "teacher": "t2", "planned_hours": 24,
             "lessons": [
                 {"id": "l1", "date": "2025-09-02", "number": 1, "topic": "Повторение", "homework": "№ 12,\n14"},
                 {"id": "l2", "date": "2025-09-04", "number": 2, "substitute": "t3"},
                 {"id": "l3", "date": "2025-09-05", "number": 1, "topic": "Дроби", "substitute": "t1"}],
             "entries": [
                 {"lesson": "l3", "pupil": "s1", "marks": [{"value": "4", "work": "КР", "weight": "2"}]},
                 {"lesson": "l1", "pupil": "s1", "marks": [{"value": "5"}, {"value": "3"}], "absence": "О"},
                 {"lesson": "l2", "pupil": "s2", "marks": [], "absence": "Н"},
                 {"lesson": "l1", "pupil": "s2", "marks": [], "remark": "без формы"}],
             "finals": [
                 {"pupil": "s1", "kind": "period", "value": "5", "set": "2025-10-21"},
                 {"pupil": "s2", "kind": "period", "value": "4", "school": "СОШ № 1"}]},
            {"subject": "Английский язык", "group": "1", "teacher": "t3", "pupils": ["s3", "s1"],
             "lessons": [{"id": "e1", "date": "2025-09-03", "number": 3, "topic": "Alphabet"}],
             "entries": [{"lesson": "e1", "pupil": "s3", "marks": [{"value": "3"}]}],
             "finals": []}]}
    value.update(changes)
    return value


def statement(sources, **changes):
    """The year of class 7А, drawn from `sources` = (period, record, digest of its seal): one pupil came, one left."""
    spans = {"2025-26/q1": ("2025-09-01", "2025-10-24"), "2025-26/year": ("2025-09-01", "2026-05-29")}
    none = dict.fromkeys(("days", "days_in_part", "excused", "ill", "late", "lessons", "not_stated", "unexcused", "unknown"), 0)
    ill, late = {**none, "days": 1, "ill": 5, "lessons": 5}, {**none, "late": 2}
    pupils = [
        {"born": "2012-03-14", "file_number": "А-17", "known_as": [{"id": "s1", "system": "letopis-journal"}], "name": "Артём",
         "number": 1, "patronymic": "Ильич", "surname": "Агатов"},
        {"known_as": [{"id": "9", "system": "b"}, {"id": "s2", "system": "a"}], "name": "Вера", "surname": "Берилова"},
        {"born": "2012-07-01", "known_as": [{"id": "s3", "system": "a"}], "name": "Глеб", "surname": "Гранитов"}]
    heading = {"class": {"grade": 7, "letter": "А", "teacher": "t1"}, "period": "2025-26/year", "school_year": "2025-26",
               "periods": [{"from": spans[period][0], "period": period, "to": spans[period][1]} for period, _, _ in sources],
               "school": {"id": SCHOOL_ID, "name": SCHOOL_NAME}, "teacher": "Орлова Мария Ивановна"}
    mark = lambda column, value, **more: {"column": column, "period": sources[0][0], "subject": 0, "value": value, **more}
    given = [([mark(0, "5", set="2025-10-21"), mark(1, "5")], [{"date": "2026-05-28", "protocol": "7", "text": "переведён"}]),
             ([mark(0, "4", school="СОШ № 1", group="1")], []), ([], [])]
    missed = [ill, none, late]
    count = {"arrived": 1, "at_end": 2, "at_start": 2, "left": 1, "period": "2025-26/q1"}
    shared = {"heading": heading, "unjoined": []}
    value = {
        "attendance": {**shared, "periods": ["2025-26/q1"], "t": "letopis/attendance-statement/v1",
                       "rows": [{"missed": {"all": each, "each": [each]}, "pupil": pupil} for each, pupil in zip(missed, pupils)],
                       "total": {"all": {**ill, "late": 2}, "each": [{**ill, "late": 2}]}},
        "class": "7А",
        "movement": {**shared, "arrived": [{"date": "2025-09-15", "orders": ["3-к", "4-к"], "pupil": 1}],
                     "left": [{"date": "2025-10-02", "orders": [], "pupil": 2}], "periods": [count], "pupils": pupils,
                     "t": "letopis/movement-statement/v1"},
        "progress": {**shared, "columns": ["2025-26/q1", "year"], "subjects": ["Алгебра", "Физика"], "t": "letopis/progress-statement/v1",
                     "rows": [{"decisions": decisions, "marks": marks, "pupil": pupil} for (marks, decisions), pupil in zip(given, pupils)]},
        "school_year": "2025-26",
        "sources": [{"period": period, "record": record, "seal": seal} for period, record, seal in sources],
        "t": "letopis/statement/v1"}
    value.update(changes)
    return value


def name_of(person):
    if "surname" not in person:
        return None
    return " ".join(person[part] for part in ("surname", "name", "patronymic") if part in person)


def compact(**members):
    return {key: value for key, value in members.items() if value is not None}


class School:
    """An archive in the making: call in order what happens, then `write` a location."""

    def __init__(self, seed=7):
        self.random = random.Random(seed)
        self.files = {}  # path: bytes
        self.entries = []
        self.time = "2025-09-01T08:00:00Z"
        self.archive, self.primary, self.second = self.token(), self.token(), self.token()
        self.log_key = self.new_key()
        self.known = []  # (key, role, from, until)
        self.revoked = {}
        self.records = {}  # number: {"path", "seal"}
        self.entry("archive-created", archive=self.archive, log_key=self.log_key.public.hex(),
                   primary=self.primary, second=self.second)

    def token(self, size=16):
        return bytes(self.random.randrange(256) for _ in range(size)).hex()

    def new_key(self):
        return Key(bytes.fromhex(self.token(32)))

    def entry(self, event, **members):
        value = {"event": event, "seq": len(self.entries), "t": "letopis/entry", "time": self.time, "v": 1, **members}
        self.entries.append(dump({key: value for key, value in value.items() if value is not None}))

    def document(self, event, kind, body, retention="plans", pdf=None, **members):
        name = self.token()
        path = f"documents/{self.time[:4]}/{name}"
        data = dump(compact(body=body, kind=kind, pdf=sha256(pdf) if pdf else None, retention=retention,
                            salt=self.token(), t="letopis/document/v1"))
        self.files[f"{path}/document.json"] = data
        if pdf:
            self.files[f"{path}/document.pdf"] = pdf
        self.entry(event, document=name, path=path, sha256=sha256(data), retention=retention, **members)

    def add_key(self, role="director", start="2025-08-31T21:00:00Z", until="2026-08-31T21:00:00Z", order="12-к/2025-09-01",
                endorser=None, key=None, possession=None, **changes):
        key = key or self.new_key()
        staff = self.token()
        lines = (f"archive {self.archive}\npublic-key {key.public.hex()}\nrole {role}\nstaff {staff}\nfrom {start}\n"
                 f"until {until or '-'}\norder {order or '-'}\n")
        endorsement = endorser and {
            "key": endorser.fingerprint,
            "signature": endorser.sign(("letopis/key-endorsement/v1\n" + lines).encode()).hex()}
        proof = (possession or key).sign(("letopis/key-possession/v1\n" + lines).encode()).hex()
        members = dict(key=key.fingerprint, algorithm="ed25519", public_key=key.public.hex(), role=role, staff=staff,
                       order=order, until=until, possession=proof, endorsement=endorsement)
        members["from"] = start
        self.entry("key-added", **{**members, **changes})
        self.known.append((key, role, start, until))
        return key

    def revoke(self, key, reason="left"):
        self.entry("key-revoked", key=key.fingerprint, reason=reason)
        self.revoked[key.fingerprint] = self.time

    def seal(self, content, number=1, replaces=None, slug="7a", spoil=None, zipped=None, part="q1", **changes):
        """One record of a journal, or of a statement where `content` is one. `spoil` may change the payload before the bag
        is made, `zipped` the zip's member list, `changes` lines of the seal."""
        kind, retention = ("statement", "statements") if "sources" in content else ("journal", "journals")
        payload, root, size = (self.statement_payload if kind == "statement" else self.payload)(content)
        if spoil:
            root = spoil(payload) or root
        directory = f"{number:06d}-{slug}-{part}-{kind}"
        path = f"records/2025-26/{directory}"
        package = self.package(directory, payload, number, zipped)
        before = self.records.get(replaces)
        seal = {"archive": self.archive, "record": f"{number:06d}", "school": f"{SCHOOL_ID} {SCHOOL_NAME}",
                "kind": kind, "class": "7А", "period": f"2025-26/{part}", "retention": retention, "sealed": self.time,
                "package-sha256": sha256(package), "cards-root": b64(root), "cards-size": size,
                "replaces": f"{replaces:06d} {sha256(before['seal'])}" if before else "-", **changes}
        text = ("letopis/seal/v1\n" + "".join(f"{key} {value}\n" for key, value in seal.items())).encode()
        self.files[f"{path}/package.zip"], self.files[f"{path}/seal.txt"] = package, text
        self.records[number] = {"path": path, "seal": text}
        self.entry("sealed", record=number, path=path, kind=kind, period=f"2025-26/{part}", retention=retention,
                   seal=sha256(text), package=sha256(package), bytes=len(package), replaces=replaces, **{"class": "7А"})
        if replaces:
            self.entry("replaced", record=replaces, by=number, pages_changed=1, pages=[1])
        return path

    def statement_payload(self, content):
        """As of docs/formats.md § 2.7; whatever is wrong with the content is wrong with the cards, too."""
        salted = lambda **members: dump(compact(salt=self.token(), **members))
        progress, attendance, movement = content["progress"], content["attendance"], content["movement"]
        lines = [salted(t="letopis/year-class/v1", columns=progress["columns"], heading=progress["heading"],
                        periods=attendance["periods"], sources=content["sources"], subjects=progress["subjects"]),
                 salted(t="letopis/year-totals/v1", missed=attendance["total"], moved=movement["periods"], year=movement.get("total"))]
        cards = []
        for place, pupil in enumerate(movement["pupils"]):
            own = [salted(t="letopis/year-results/v1", marks=progress["rows"][place]["marks"]),
                   salted(t="letopis/year-attendance/v1", missed=attendance["rows"][place]["missed"]),
                   salted(t="letopis/year-decisions/v1", decisions=progress["rows"][place]["decisions"])]
            moved = [{"date": each["date"], "kind": kind, "orders": each["orders"]}
                     for kind in ("arrived", "left") for each in movement[kind] if each["pupil"] == place]
            cards.append(salted(**pupil, **{"class": sha256(lines[0])}, totals=sha256(lines[1]), results=sha256(own[0]),
                                attendance=sha256(own[1]), decisions=sha256(own[2]), movements=moved, pupil=place + 1,
                                t="letopis/year-card/v1"))
            lines += own
        cards += [salted(t="letopis/pad/v1") for _ in range(32 - len(cards))]
        self.random.shuffle(cards)
        return {"data/cards.jsonl": b"".join(line + b"\n" for line in cards + lines),
                "data/statement.json": dump(content), "data/statement.pdf": b"%PDF-1.7\n"}, merkle(cards), 32

    def payload(self, content):
        people = {person["id"]: name_of(person) for person in content["people"]}
        title = f"{content['class']['grade']}{content['class']['letter']}"
        salted = lambda **members: dump(compact(salt=self.token(), **members))
        pages, texts, digests, roster = [], [], {}, content["pupils"]
        for page in content["pages"]:
            on = [pupil for pupil in roster if pupil["id"] in page.get("pupils", [each["id"] for each in roster])]
            page["_on"] = [pupil["id"] for pupil in on]
            stands_in = lambda lesson: (people[lesson["substitute"]] or "?") if "substitute" in lesson else None
            lessons = {lesson["id"]: at for at, lesson in enumerate(page["lessons"], 1)}
            pages.append(salted(
                t="letopis/page/v1", period="2025-26/q1", subject=page["subject"], group=page.get("group"),
                teacher=people.get(page.get("teacher")), **{"class": title},
                pupils=[compact(name=name_of(pupil), number=pupil.get("number")) for pupil in on],
                lessons=[compact(date=each["date"], homework=each.get("homework"), number=each.get("number"),
                                 topic=each.get("topic"), substitute=stands_in(each)) for each in page["lessons"]],
                entries=[compact(absence=each.get("absence"), lesson=lessons[each["lesson"]], marks=each["marks"],
                                 pupil=page["_on"].index(each["pupil"]) + 1, remark=each.get("remark"))
                         for each in page["entries"]],
                finals=[compact(kind=each["kind"], pupil=page["_on"].index(each["pupil"]) + 1, school=each.get("school"),
                                set=each.get("set"), value=each["value"]) for each in page["finals"]]))
            texts.append(salted(
                t="letopis/lessons/v1", subject=page["subject"], group=page.get("group"),
                planned_hours=page.get("planned_hours"), teacher=people.get(page.get("teacher")),
                lessons=[compact(date=each["date"], number=each.get("number"), topic=each.get("topic"),
                                 substitute=stands_in(each)) for each in page["lessons"]]))
        lessons_digests = [sha256(text) for text in texts]
        for pupil in roster:
            digests[pupil["id"]] = []
            for number, page in enumerate(content["pages"], 1):
                if pupil["id"] not in page["_on"]:
                    continue
                mine = []  # (lesson, entry) in the order of the lessons
                for lesson in page["lessons"]:
                    mine += [(lesson, entry) for entry in page["entries"]
                             if entry["lesson"] == lesson["id"] and entry["pupil"] == pupil["id"]]
                marks = salted(t="letopis/marks/v1", marks=[
                    compact(date=lesson["date"], number=lesson.get("number"), marks=entry["marks"],
                            remark=entry.get("remark")) for lesson, entry in mine if entry["marks"] or entry.get("remark")])
                attendance = salted(t="letopis/attendance/v1", absences=[
                    compact(date=lesson["date"], number=lesson.get("number"), absence=entry["absence"])
                    for lesson, entry in mine if entry.get("absence")])
                leaf = salted(
                    t="letopis/leaf/v1", page=number, subject=page["subject"], group=page.get("group"),
                    attendance=sha256(attendance), marks=sha256(marks), lessons=lessons_digests[number - 1],
                    finals=[compact(kind=each["kind"], school=each.get("school"), set=each.get("set"),
                                    value=each["value"]) for each in page["finals"] if each["pupil"] == pupil["id"]])
                texts += [leaf, marks, attendance]
                digests[pupil["id"]].append(sha256(leaf))
        for page in content["pages"]:
            del page["_on"]
        cards = [salted(
            t="letopis/card/v1", pupil=pupil["id"], pages=digests[pupil["id"]],
            **{part: pupil.get(part) for part in ("born", "file_number", "name", "number", "patronymic", "surname")},
            movements=[compact(date=each["date"], kind=each["kind"], order=each.get("order"))
                       for each in content["movements"] if each["pupil"] == pupil["id"]],
            decisions=[compact(date=each["date"], protocol=each.get("protocol"), text=each["text"])
                       for each in content["decisions"] if each["pupil"] == pupil["id"]]) for pupil in roster]
        size = 32
        while size < len(cards):
            size *= 2
        cards += [salted(t="letopis/pad/v1") for _ in range(size - len(cards))]
        self.random.shuffle(cards)
        join = lambda lines: b"".join(line + b"\n" for line in lines)
        return {"data/cards.jsonl": join(cards + texts), "data/journal.json": dump(content),
                "data/journal.pdf": b"%PDF-1.7\n", "data/pages.jsonl": join(pages), "data/source/0001.json": b'{"as": "it came"}\n'}, merkle(cards), size

    def package(self, directory, payload, number, zipped=None):
        total = sum(len(data) for data in payload.values())
        files = {
            "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "bag-info.txt": (f"Source-Organization: {SCHOOL_NAME}\nExternal-Identifier: {self.archive}/{number:06d}\n"
                             f"Bagging-Date: {self.time[:10]}\nPayload-Oxum: {total}.{len(payload)}\n"
                             + "".join(f"Source-Name: {name} Журнал 7А 100%25.json\n" for name in payload
                                       if name.startswith("data/source/"))).encode()}
        listing = lambda names: "".join(f"{sha256(names[name])}  {name}\n" for name in sorted(names)).encode()
        files["manifest-sha256.txt"] = listing(payload)
        files["tagmanifest-sha256.txt"] = listing(files)
        members = []
        for name, data in {**files, **payload}.items():
            info = zipfile.ZipInfo(f"{directory}/{name}")
            info.external_attr, info.compress_type, info.create_system = 0o100644 << 16, zipfile.ZIP_DEFLATED, 3
            members.append((info, data))
        if zipped:
            zipped(members)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for info, data in members:
                archive.writestr(info, data)
        return out.getvalue()

    def sign(self, number, key, nth="", raw=None, ssh=None, witness=True, sealed=None):
        record = self.records[number]
        text = sealed or record["seal"]
        files = {f"seal{nth}.sig": (raw or key).sign(text), f"seal{nth}.sshsig": (ssh or key).sshsig(text)}
        for name, data in files.items():
            self.files[f"{record['path']}/{name}"] = data
        self.entry("signed", record=number, key=key.fingerprint,
                   files=[{"name": name, "sha256": sha256(data)} for name, data in files.items()])
        if witness:
            self.witness(key)

    def witness(self, key, size=None, root=None):
        size = size or len(self.entries)
        root = root or b64(merkle(self.entries[:size]))
        text = f"letopis/checkpoint-witness/v1\narchive {self.archive}\nsize {size}\nroot {root}\n"
        self.entry("checkpoint-witnessed", key=key.fingerprint, size=size, root=root,
                   signature=key.sign(text.encode()).hex())

    def change_log_key(self, director, size=None):
        size = size or len(self.entries)
        root, new = b64(merkle(self.entries[:size])), self.new_key()
        text = (f"letopis/log-key/v1\narchive {self.archive}\npublic-key {new.public.hex()}\n"
                f"size {size}\nroot {root}\n")
        self.entry("log-key-changed", log_key=new.public.hex(), size=size, root=root, endorsement={
            "key": director.fingerprint, "signature": director.sign(text.encode()).hex()})
        self.log_key = new

    def checkpoint(self, size=None, key=None):
        key, origin = key or self.log_key, f"{self.archive}/register"
        size = size or len(self.entries)
        body = f"{origin}\n{size}\n{b64(merkle(self.entries[:size]))}\n"
        key_id = hashlib.sha256(origin.encode() + b"\n\x01" + key.public).digest()[:4]
        return f"{body}\n— {origin} {b64(key_id + key.sign(body.encode()))}\n".encode()

    def tiles(self, size=None):
        """Path and bytes of every tile that a checkpoint of this size needs."""
        entries, tiles = self.entries[:size], {}
        framed = [len(entry).to_bytes(2, "big") + entry for entry in entries]
        rows = {"entries": framed, "0": [hashlib.sha256(b"\x00" + entry).digest() for entry in entries]}
        if len(entries) >= 256:
            rows["1"] = [merkle(entries[at:at + 256]) for at in range(0, len(entries) - 255, 256)]
        for level, row in rows.items():
            for index in range(0, (len(row) + 255) // 256):
                piece = row[index * 256:index * 256 + 256]
                name = f"register/tile/{level}/{index:03d}" + ("" if len(piece) == 256 else f".p/{len(piece)}")
                tiles[name] = b"".join(piece)
        return tiles

    def key_files(self):
        origin, lines = f"{self.archive}/register", []
        key_id = hashlib.sha256(origin.encode() + b"\n\x01" + self.log_key.public).hexdigest()[:8]
        files = {"keys/log.vkey": f"{origin}+{key_id}+{b64(bytes([1]) + self.log_key.public)}\n".encode()}
        stamp = lambda time: time.translate({ord(sign): None for sign in "-:T"})
        for key, role, start, until in self.known:
            files[f"keys/{role}-{key.fingerprint[:16]}.pub.pem"] = key.pem
            ends = [time for time in (until, self.revoked.get(key.fingerprint)) if time]
            before = f',valid-before="{stamp(min(ends))}"' if ends else ""
            blob = b64(wire(b"ssh-ed25519", key.public))
            lines.append(f'{role} namespaces="letopis",valid-after="{stamp(start)}"{before} ssh-ed25519 {blob}\n')
        files["allowed_signers"] = "".join(lines).encode()
        return files

    def write(self, directory, location=None):
        files = {
            **self.files, **self.tiles(), **self.key_files(), "register/checkpoint": self.checkpoint(),
            "location.json": dump({"archive": self.archive, "location": location or self.primary,
                                   "t": "letopis/location/v1"}),
            "README.txt": b"Read me.\n", "verify.py": b"# the script\n"}
        for path, data in files.items():
            file = pathlib.Path(directory, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return pathlib.Path(directory)


def small_school():
    """A founder's key, a director's and a deputy's, four documents (a paper copy is one), records 1 (replaced), 2 (signed), 3 (waiting)."""
    school = School()
    school.document("plan-adopted", "file-plan", {"name": "school", "toml": "a = 1\n"})
    school.document("settings-changed", "settings", {
        "school_id": SCHOOL_ID, "school_name": SCHOOL_NAME, "utc_offset": "+03:00",
        "regulation": {"name": "default", "toml": "b = 2\n"}})
    school.document("staff-roster", "staff-roster", {"persons": [{"id": school.token(), "name": "Орлова Мария"}]})
    school.founder = school.add_key("founder", until=None, order=None)
    school.director = school.add_key(endorser=school.founder)
    school.deputy = school.add_key("deputy", endorser=school.director)
    school.time = "2025-10-25T07:12:00Z"
    school.seal(journal(), 1)
    school.sign(1, school.director)
    corrected = journal()
    corrected["pages"][0]["finals"][0]["value"] = "4"
    school.seal(corrected, 2, replaces=1)
    school.time = "2025-10-25T07:20:00Z"
    school.sign(2, school.director)
    school.seal(journal(), 3, slug="7a-vtoroy")
    sheets = [{"from": 1, "kind": "title", "to": 1}, {"from": 2, "kind": "last", "to": 2}]
    school.document("printed", "paper-copy", {"copy": 1, "record": 3, "sheets": sheets, "two_sided": False},
                    pdf=b"%PDF-1.7 copy 1\n", copy=1, record=3, sheets=sheets)
    school.entry("reprinted", copy=1, **{"from": 2, "to": 2})
    return school


if __name__ == "__main__":
    print(small_school().write(sys.argv[1]))
