"""Checks an archive of class journals without Letopis, offline, from docs/formats.md alone (§ refers to it).
    verify.py PATH [--director FINGERPRINT] [--log-key FINGERPRINT] [--json]
PATH is a location, a medium, or one record's directory. Fingerprints are those on printed orders. Needs Python 3.9 or later and the program openssl,
for Ed25519 alone. Prints findings as `CODE path: what`, notices as `notice: CODE path: what`. Exit: 0 good, 1 findings, 2 could not run."""
import argparse, base64, collections, functools, hashlib, io, json, os, pathlib, re, subprocess, sys, tempfile, zipfile
SMALL_FILE, PACKAGE = 32 << 20, 1 << 30  # bytes: no more is read of a file, or of a package packed and unpacked
TEXT, TIME = r"[^\x00-\x1f\x7f]+", "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z"
SEAL = "archive record school kind class period retention sealed package-sha256 cards-root cards-size replaces".split()
SOURCE = r"Source-Name: data/source/[0-9]{4}\.[a-z0-9]+ (?:[^%\x00-\x1f\x7f]|%[0-9A-Fa-f]{2})+" + "\n"
KINDS = dict(item.partition("=")[::2] for item in """plan-adopted=file-plan settings-changed=settings staff-roster=staff-roster
    teaching-load=teaching-load pupils-matched=pupils-matched calendar-adopted=calendar closing-opened=procedure discrepancy-reported=discrepancy-note
    excused=reason taken-back=reason shelved=act correction-agreed=act folder-formed=act copy-made=act media-handed-over=act copy-checked=act printed
    printed/journal=paper-copy printed/statement=statement-copy reprinted repaired location-added sheet-voided confirmed signed-on-paper handed-over stamped
    copy-entered""".split())  # events, and of what kind (§3) the document is that they name
ROOTED = ("checkpoint-witnessed", "restored", "log-key-changed")  # events that name the register's size and root before them
KEY_INFO, FIELD = bytes.fromhex("302a300506032b6570032100"), 2**255 - 19  # what DER puts before the 32 bytes of an Ed25519 key
SMALL_ORDER = (0, 1, y := 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7, FIELD - y, FIELD - 1)  # y of the eight such points
facts, findings, notices, explained, known, signed = [], [], {}, set(), {}, []  # known: what entry names a record's or document's directory
def notice(*code_path_what): notices.setdefault(code_path_what)
def expect(holds, *code_path_what): findings.extend([] if holds else [code_path_what])
def must(value, what, *code_path):  # the value, unless it is false: then the `attempt` around makes a finding
    if value: return value
    raise ValueError(what, *code_path)
def attempt(code, path, action, *arguments):  # files may be hostile: whatever goes wrong is one finding, and the check goes on
    try: return action(path, *arguments)
    except Exception as error:
        what, *own = error.args if type(error) is ValueError else [repr(error)]
        findings.append((*own, *(code, path)[len(own):], what))
def same(code, path, found, wanted):  # no other members, and these equal as JSON (for Python takes true for 1)
    wrong = [name for name in {**found, **wanted} if canonical(found.get(name)) != canonical(wanted.get(name))]
    expect(not wrong, code, path, "not as it must be: " + ", ".join(wrong))
def read(path, wanted=None, limit=SMALL_FILE):  # `wanted`: its bytes or its digest, where they are known
    explained.add(path)
    must(path in there and (base / path).is_file() and not (base / path).is_symlink(), "no such file", "missing-file", path)
    with open(base / path, "rb") as file: data = file.read(limit)
    return must(wanted in (None, data, sha256(data)), "is not what follows from the register") and data
def sha256(data): return hashlib.sha256(data).hexdigest()
def node(*parts): return hashlib.sha256(b"".join(parts)).digest()
def to64(data): return base64.b64encode(data).decode()
def unhex(text, size): return bytes.fromhex(must(re.fullmatch("([0-9a-f]{2}){%d}" % size, text), "not hexadecimal")[0])
def canonical(value): return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
def pem(public): return f"-----BEGIN PUBLIC KEY-----\n{to64(KEY_INFO + public)}\n-----END PUBLIC KEY-----\n".encode()
def ssh(*strings): return b"".join(len(string).to_bytes(4, "big") + string for string in strings)
def parse(data):  # the object that a canonical JSON text holds; a fraction is refused by int()
    def number(digits): return must(abs(int(digits)) < 2**53, "a number is too large") and int(digits)
    def members(pairs): return must(None not in {**(found := dict(pairs)), "grade": 0}.values() and len(found) == len(pairs), "twice there, or null") and found
    value = json.loads(data.decode(), object_pairs_hook=members, parse_int=number, parse_float=number, parse_constant=number)
    return must(isinstance(value, dict) and canonical(value) == data and value, "not an object in canonical form")
def signed_text(kind, values):
    return "".join([f"letopis/{kind}/v1\n", *(f"{name} {must(re.fullmatch(TEXT, str(value)), 'no text')[0]}\n" for name, value in values.items())]).encode()
def tree(row):  # RFC 6962 § 2.1, over hashes of leaves: row k holds the roots of all full subtrees of 2^k leaves
    return [row, *(tree([node(b"\1", *pair) for pair in zip(row[::2], row[1::2])]) if len(row) > 1 else [])]
def tree_root(rows, size):  # over the first `size` leaves, in base64: their full subtrees, joined from the right
    full = [row[(size >> k) - 1] for k, row in enumerate(rows) if size >> k & 1 and 0 < size <= len(rows[0])]
    return to64(functools.reduce(lambda right, left: node(b"\1", left, right), full)) if full else None
def verifies(public, signature, text):  # strictly: neither key nor R may be non-canonical or of small order
    for name, data in (("key", pem(public)), ("text", text), ("signature", signature)): pathlib.Path(work, name).write_bytes(data)
    done = subprocess.run("openssl pkeyutl -verify -pubin -inkey key -rawin -in text -sigfile signature".split(), cwd=work, capture_output=True)
    return done.returncode == 0 and all((y := int.from_bytes(point, "little") % 2**255) < FIELD and y not in SMALL_ORDER for point in (public, signature[:32]))
def read_sshsig(armoured):  # PROTOCOL.sshsig: the public key and the signature
    blob = base64.b64decode(must(re.fullmatch(b"-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]+)\n-----END SSH SIGNATURE-----\n", armoured), "malformed")[1])
    wanted = b"SSHSIG\0\0\0\1" + ssh(ssh(b"ssh-ed25519", blob[33:65]), b"letopis", b"", b"sha512", ssh(b"ssh-ed25519", blob[-64:]))
    return must(blob == wanted and (blob[33:65], blob[-64:]), "not an Ed25519 signature in namespace letopis with sha512")
def tile_path(level, index, width):  # of 1234 x001/234
    return f"register/tile/{level}/" + re.sub("(...)(?=.)", r"x\1/", f"{index:0{-(-len(str(index)) // 3) * 3}}") + (f".p/{width}" if width < 256 else "")
class Register:  # the log under its checkpoint, and what its entries say of keys, records and documents
    def __init__(self, path="register/checkpoint"):
        self.keys, self.sealed, self.locations, self.files, self.signed, self.time, self.log_key = {}, {}, set(), {}, {}, "", bytes(32)
        form = "(([0-9a-f]{32})/register\n([1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n)\n— \\2/register (\\S+)\n"
        note = must(re.fullmatch(form, read(path).decode()), "the checkpoint is not a note of three lines, signed once")
        self.archive, self.size, self.root, signature = note[2], int(note[3]), note[4], base64.b64decode(note[5])
        for seq, data in enumerate(self.read_tiles()): attempt("entry-wrong", f"register#{seq}", self.apply, seq, data)
        key_id = node(f"{self.archive}/register\n\1".encode(), self.log_key)[:4]
        self.vkey = f"{self.archive}/register+{key_id.hex()}+" + to64(b"\1" + self.log_key)
        expect(signature[:4] == key_id and verifies(self.log_key, signature[4:], note[1].encode()), "checkpoint-signature", path, "is not by the log key")
        expect(tree_root(self.rows, self.size) == self.root, "root-wrong", path, "the entries have another root")
    def read_tiles(self):  # the entries; every tile must be what follows from them
        stream, framed = io.BytesIO(b"".join(read(tile_path("entries", at // 256, min(256, self.size - at))) for at in range(0, self.size, 256))), []
        while length := stream.read(2): framed.append(length + stream.read(int.from_bytes(length, "big")))
        self.rows = tree([node(b"\0", entry[2:]) for entry in framed])
        for level, row in [("entries", framed), *enumerate(self.rows[::8])]:
            for at, width in ((at, width) for at in range(0, len(row), 256) for width in range(1, 1 + min(256, len(row) - at))):
                if (path := tile_path(level, at // 256, width)) in there or width == 256 or at + width == len(row):  # a narrower one may be left over
                    attempt("tile-wrong", path, read, b"".join(row[at:at + width]))
        for path in filter(re.compile(r"register/tile/(entries|[0-9]{1,2})/(x[0-9]{3}/)*[0-9]{3}(\.p/[0-9]{1,3})?").fullmatch, sorted(there - explained)):
            notice("beyond-checkpoint", path, f"its {len(read(path))} bytes were never acknowledged and do not count")
        return [entry[2:] for entry in framed]
    def judge(self, proof, roles, text=None):  # §5.2: the key, if it is valid, of a role, and has signed the text
        key = must(self.keys.get(proof["key"]), "nobody added this key", "key-unknown")
        must(key["from"] <= self.time < key["end"], "revoked before, or its term is another", "key-revoked" if "revoked" in key else "key-out-of-term")
        must(key["role"] in roles, f"the key is of a {key['role']}", "key-role")
        return must(not text or verifies(key["public"], unhex(proof["signature"], 64), text), "signed another text", "signature-wrong") and key
    def add_key(self, entry, key, role, proof=None):
        public, roles = unhex(entry["public_key"], 32), (role, "director", "founder")
        lines = {"archive": self.archive, "public-key": entry["public_key"], **{name: entry.get(name, "-") for name in "role staff from until order".split()}}
        must(key == sha256(KEY_INFO + public) and key not in self.keys and role in "director deputy archivist founder".split(), "malformed or added before")
        must(re.fullmatch(f"ed25519 {TIME} ({TIME}|-)", "{algorithm} {from} {until}".format(**entry | lines)), "of no known algorithm, or no term")
        must(verifies(public, unhex(entry["possession"], 64), signed_text("key-possession", lines)), "its possession is not proven", "key-not-possessed")
        able = any(other["role"] in roles and other["from"] <= self.time < other["end"] for other in self.keys.values())
        chain = self.judge(must(proof, "nobody endorsed it", "key-not-endorsed"), roles, signed_text("key-endorsement", lines))["chain"] if able else set()
        if not able: notice("key-bound-by-order", key, "compare this fingerprint with the printed order")
        facts.append(f"key {key}: {role} from {lines['from']} until {lines['until']}, bound by {'key ' + proof['key'] if able else 'the printed order'}")
        self.keys[key] = {**pick(entry, "key role from"), "public": public, "end": entry.get("until", "9"), "chain": chain | {key}}
    def apply(self, where, seq, data):  # §5.1; keys are judged now, for their order counts, records later
        event, number, before = (entry := parse(data))["event"], entry.get("record"), entry.get("replaces")
        must((entry["seq"], entry["t"], seq == 0) == (seq, "letopis/entry", event == "archive-created"), "out of place")
        must(re.fullmatch(TIME, entry["time"]) and entry["time"] >= self.time, "earlier than before", "time-decreases")
        must(entry["v"] == 1, "of a version this script does not know", "entry-version")
        self.time, lines = entry["time"], {"archive": self.archive, **{name: entry[name] for name in ("size", "root") if event in ROOTED}}
        must(event not in ROOTED or entry["size"] <= seq and tree_root(self.rows, entry["size"]) == entry["root"], "the root was another")
        self.locations |= {entry[name] for name in ("primary", "second", "location") if name in entry}
        for name, digest in [(file["name"], file["sha256"]) for file in (entry.get("files", ()) if number else ())]:
            must(re.fullmatch(r"\w[\w.-]*", name) and self.files.setdefault(number, {}).setdefault(name, digest) == digest, "no name, or two digests")
        if {"document", "path", "sha256"} <= entry.keys():
            known[must(entry["path"] == f"documents/{self.time[:4]}/{unhex(entry['document'], 16).hex()}" and entry["path"], "another path")] = entry
        if event == "archive-created": self.log_key = must(entry["archive"] == self.archive and unhex(entry["log_key"], 32), "another archive")
        elif event == "key-added": self.add_key(entry, entry["key"], entry["role"], entry.get("endorsement"))
        elif event == "key-revoked": self.keys[entry["key"]].update(revoked=True, end=min(self.keys[entry["key"]]["end"], self.time))
        elif event == "sealed":
            form = "records/" + re.escape(f"{entry['period']}-{entry['kind']}").replace("/", f"/{number:06d}-[A-Za-z0-9._-]+-")
            must(re.fullmatch(form, entry["path"]) and number not in self.sealed and (before is None or before in self.sealed), "path, number or replaces")
            self.sealed[number] = known[entry["path"]] = entry
            must(before is None or sum(other.get("replaces") == before for other in self.sealed.values()) == 1, "replaced before", "replaced-twice")
        elif event == "replaced": must(self.sealed[entry["by"]]["replaces"] == number, "the record does not replace this one")
        elif event == "signed":
            stem, = [file["name"][:-7] for file in entry["files"] if file["name"].endswith(".sshsig")]
            must(number in self.sealed and stem + ".sig" in self.files[number], "no record, or not both files")
            self.signed.setdefault(number, []).append((f"{self.sealed[number]['path']}/{stem}.sig", self.judge(entry, ["director"])["key"]))
        elif event == "checkpoint-witnessed": self.judge(entry, ["director"], signed_text("checkpoint-witness", lines))
        elif event == "log-key-changed":
            text = signed_text("log-key", {"archive": self.archive, "public-key": entry["log_key"], **lines})
            self.log_key = self.judge(entry["endorsement"], ["director"], text) and unhex(entry["log_key"], 32)
        elif event == "restored" and "known_size" in entry: notice("entries-lost", where, f"of {entry['known_size']}, {entry['size']} are left")
        elif event not in (*KINDS, *ROOTED): notice("unknown-event", "register", event)
def check_signature(where, key, text):  # §2.6; the fingerprints of the key that made both, and of those that it was endorsed through
    raw, (public, signature) = read(where), read_sshsig(read(where[:-3] + "sshsig"))
    hashed, name = b"SSHSIG" + ssh(b"letopis", b"", b"sha512", hashlib.sha512(text).digest()), sha256(KEY_INFO + public)
    must(key in (None, name) and verifies(public, raw, text) and verifies(public, signature, hashed), "one of the two is of another key, or not over the seal")
    if not key: notice("key-not-from-register", where, f"signed by {name}: compare it with the printed order")
    return register.keys[key]["chain"] if key else {name}
def unpack(where, package, entry):  # §2.1; it may be hostile, so bytes are counted as they come, whatever headers say
    must(not entry or len(package) == entry["bytes"], "is not as long as the one that was sealed", "package-digest")
    archive, members = zipfile.ZipFile(io.BytesIO(package)), {}
    for info in archive.infolist():
        name = must(re.fullmatch(re.escape(where.split("/")[-2]) + "/([A-Za-z0-9._/-]+)", info.orig_filename), "a member's name")[1]
        must(info.external_attr >> 16 in (0o644, 0o100644) and info.date_time == (1980, 1, 1, 0, 0, 0), f"{name}: of another mode or time")
        must(name not in members and info.compress_type in (0, 8) and not info.flag_bits & 0x2041, f"{name}: twice, encrypted, or of another method")
        members[name] = archive.open(info).read(PACKAGE + 1 - sum(map(len, members.values())))
    return must(sum(map(len, members.values())) <= PACKAGE and members, "too much is inside")
def check_bag(where, seal, members):  # §2.1; all but the payload follows from the seal and the payload
    def manifest(files): return "".join(f"{sha256(data)}  {name}\n" for name, data in sorted(files.items())).encode()
    payload, journal = {name: data for name, data in members.items() if name.startswith("data/")}, seal["kind"] == "journal"
    sources = [f"{line[:25]}{at:04d}{line[29:]}" for at, line in enumerate(re.findall(SOURCE, members["bag-info.txt"].decode()), 1) if journal]
    info = (f"Source-Organization: {seal['school'].partition(' ')[2]}\nExternal-Identifier: {seal['archive']}/{seal['record']}\n"
            f"Bagging-Date: {seal['sealed'][:10]}\nPayload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}\n")
    tags = {"bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "bag-info.txt": "".join([info, *sources]).encode(), "manifest-sha256.txt": manifest(payload)}
    tags["tagmanifest-sha256.txt"] = manifest(tags)
    content = f"cards.jsonl {seal['kind']}.json {seal['kind']}.pdf" + " pages.jsonl" * journal
    ordered = [*tags, *(f"data/{name}" for name in content.split()), *(line.split(" ")[1] for line in sources)]
    expect(members == {**members, **tags} and list(members) == ordered, "bag-wrong", where, "other files than must be, in another order, or otherwise")
def pick(item, names, **maps):  # these members, some looked up in a map; what is absent is left out, never null
    return {name: got for name in (*names.split(), *maps) if (got := maps[name][item[name]] if name in maps and name in item else item.get(name)) is not None}
def each(items, names, **maps): return [pick(item, names, **maps) for item in items]
def typed(kind, members=(), **others): return {"t": f"letopis/{kind}/v1", **dict(members), **others}
def full_name(person): return " ".join(pick(person, "surname name patronymic").values()) if "surname" in person else None
def class_name(room): return room.get("name") or f"{room['grade']}{room.get('letter', '')}"
def check_lines(where, seal, members):  # what each line must be, but for its salt; `cards` by what they call their pupil
    size, lines, kind = int(seal["cards-size"]), members["data/cards.jsonl"].split(b"\n"), seal["kind"]
    digests = collections.defaultdict(str, enumerate(map(sha256, lines[size:])))  # "": no such line
    texts, cards, views = {"journal": of_journal, "statement": of_statement}[kind](where, seal, digests, parse(members[f"data/{kind}.json"]))
    expect(size == max(32, 1 << (len(cards) - 1).bit_length()), "cards-size", where, "not the right number of cards")
    expect(tree_root(tree([node(b"\0", line) for line in lines[:size]]), size) == seal["cards-root"], "cards-root", where, "the cards have another root")
    deck = [cards.pop(parse(line).get("pupil"), {"t": "letopis/pad/v1"}) for line in lines[:size]]
    expect(not cards, "card-missing", where, f"{len(cards)} pupils have no card")
    for name, wanted in (("pages", views), ("cards", deck + texts)):
        *lines, end = members.get(f"data/{name}.jsonl", b"").split(b"\n")
        salts = [unhex(parse(line)["salt"], 16).hex() for line in lines]
        expect(end == b"" and len(set(salts)) == len(salts) == len(wanted), "lines-wrong", where, f"data/{name}.jsonl: not {len(wanted)} lines and salts")
        for at, (line, salt, value) in enumerate(zip(lines, salts, wanted), 1):
            same(f"{value['t'].split('/')[1]}-wrong", f"{where}/data/{name}.jsonl#{at}", parse(line), {**value, "salt": salt})
def of_journal(where, seal, digests, journal):  # §2.2–2.4: the lines that follow from the journal; `digests` are those below the tree
    pupils, kind, number = journal["pupils"], journal["period"]["kind"], journal["period"].get("number")
    title = {"class": class_name(journal["class"]), "period": f"{journal['school_year']}/" + (kind if kind == "year" else f"{kind[0]}{number}")}
    same("journal-wrong", where, {**title, "format": journal["format"]}, {**pick(seal, "class period"), "format": "letopis-journal/1"})
    names, views, texts, cards, pages = {person["id"]: full_name(person) for person in journal["people"]}, [], [], {}, []
    for page in journal["pages"]:
        on = [{**pupil, "name": full_name(pupil)} for pupil in pupils if pupil["id"] in page.get("pupils", [pupil["id"]])]
        expect("pupils" not in page or len(on) < len(pupils), "journal-wrong", where, "a page lists the whole class")
        seat, place = ({item["id"]: at for at, item in enumerate(items, 1)} for items in (on, page["lessons"]))
        lessons = each(page["lessons"], "date homework number topic", substitute={person: name or "?" for person, name in names.items()})
        views.append(typed("page", {**pick(page, "group subject", teacher=names), **title}, pupils=each(on, "name number"), lessons=lessons,
            entries=each(page["entries"], "absence marks remark", lesson=place, pupil=seat), finals=each(page["finals"], "kind school set value", pupil=seat)))
        texts.append(typed("lessons", pick(page, "group planned_hours subject", teacher=names), lessons=each(lessons, "date number substitute topic")))
        pages.append((seat, page, [{**lesson, **entry} for lesson in page["lessons"] for entry in page["entries"] if entry["lesson"] == lesson["id"]]))
    for pupil, leaves in [(pupil, []) for pupil in pupils]:
        def own(items, names): return each([item for item in items if item["pupil"] == pupil["id"]], names)
        for at, (page, entries) in [(at, page[1:]) for at, page in enumerate(pages) if pupil["id"] in page[0]]:
            leaves.append(digests[len(texts)])
            texts += [typed("leaf", pick(page, "group subject"), page=at + 1, lessons=digests[at], marks=digests[len(texts) + 1],
                           attendance=digests[len(texts) + 2], finals=own(page["finals"], "kind school set value")),
                      typed("marks", marks=own([item for item in entries if item["marks"] or "remark" in item], "date number marks remark")),
                      typed("attendance", absences=own([item for item in entries if "absence" in item], "absence date number"))]
        cards[pupil["id"]] = typed("card", pick(pupil, "born file_number name number patronymic surname"), pupil=pupil["id"], pages=leaves,
            movements=own(journal["movements"], "date kind order"), decisions=own(journal["decisions"], "date protocol text"))
    return texts, cards, views
def of_statement(where, seal, digests, year):  # §2.7: likewise; what its parts say twice is one, and its sources are in the register
    results, missed, moved, sources = (year[name] for name in ("progress", "attendance", "movement", "sources"))
    pupils, moves = moved["pupils"], [{"kind": kind, **item} for kind in ("arrived", "left") for item in moved[kind]]
    head = {**results["heading"], **pick(seal, "period"), "school_year": seal["period"][:7]}
    def part(name, **rest): return {name: {**year[name], "heading": head, "unjoined": [], "t": f"letopis/{name}-statement/v1", **rest}}
    def listed(name): return part(name, rows=[{**row, "pupil": pupil} for row, pupil in zip(year[name]["rows"], pupils)])
    same("statement-wrong", where, year, {**year, **pick(seal, "class"), **pick(head, "school_year"), "t": "letopis/statement/v1",
                                          **part("movement"), **listed("progress"), **listed("attendance")})
    must(class_name(head["class"]) == seal["class"] and each(sources, "period") == each(head["periods"], "period"), "a heading of another class or period")
    must(len(pupils) == len(results["rows"]) == len(missed["rows"]) and {item["pupil"] for item in moves} <= {*range(len(pupils))}, "other pupils in its lists")
    for source in sources if register else ():
        same("statement-source", where, pick(register.sealed.get(source["record"], {}), "kind period record seal"), {**source, "kind": "journal"})
    texts, cards = [typed("year-class", {**pick(results, "columns heading subjects"), **pick(missed, "periods")}, sources=sources),
                    typed("year-totals", missed=missed["total"], moved=moved["periods"], year=moved.get("total"))], {}
    parts = {"results": "marks", "attendance": "missed", "decisions": "decisions"}
    for at, (pupil, given, own) in enumerate(zip(pupils, results["rows"], missed["rows"]), 1):
        cards[at] = typed("year-card", {**pupil, "class": digests[0], "totals": digests[1], **{name: digests[n] for n, name in enumerate(parts, len(texts))}},
                          pupil=at, movements=each([item for item in moves if item["pupil"] == at - 1], "date kind orders"))
        texts += [typed(f"year-{name}", pick({**given, **own}, member)) for name, member in parts.items()]
    return texts, cards, []
def check_record(where, path, entry):
    explained.update((where, f"{path}/package.zip"))
    expect(entry or not register, "record-without-entry", path, "the register does not name it")
    for name, digest in register.files.get(entry["record"], {}).items() if entry else (): attempt("file-digest", f"{path}/{name}", read, digest)
    text, form = read(where), "letopis/seal/v1\n" + "".join(f"{name} ({TIME if name == 'sealed' else TEXT})\n" for name in SEAL)
    seal = dict(zip(SEAL, must(re.fullmatch(form, text.decode()), "has not the lines of a seal").groups()))
    if entry:
        expect(sha256(text) == entry["seal"], "seal-digest", where, "is not the one that the register names")
        before = register.sealed.get(entry.get("replaces"))
        same("seal-disagrees", where, seal, {**seal, **pick(entry, "kind class period retention"), "archive": register.archive,
            "record": f"{entry['record']:06d}", "package-sha256": entry["package"], "replaces": f"{before['record']:06d} {before['seal']}" if before else "-"})
    pairs = register.signed.get(entry["record"], []) if entry else [  # without an entry the key is the one that the signature names
        (name, None) for name in sorted(there) if re.fullmatch(re.escape(path) + r"/seal(\.[0-9]+)?\.sig", name)]
    chains = list(filter(None, [attempt("signature-wrong", name, check_signature, key, text) for name, key in pairs]))
    if not chains: notice("unsigned", path, "waits for its signature")
    expect(not chains or options.director in {None}.union(*chains), "director-other", path, "is not signed by that director")
    signed.append(bool(chains))
    package = attempt("package-digest", where := f"{path}/package.zip", read, seal["package-sha256"], PACKAGE)
    if package and (members := attempt("package-refused", where, unpack, package, entry)):
        attempt("bag-wrong", where, check_bag, seal, members)
        attempt(f"{seal['kind']}-wrong", where, check_lines, seal, members)
def check_location(where):
    files = {"keys/log.vkey": register.vkey.encode() + b"\n", "allowed_signers": b""}
    for name, key in register.keys.items():
        term = re.sub("[-:T]", "", f'after="{key["from"]}",valid_before="{key["end"]}"').replace(',valid_before="9"', "").replace("_", "-")
        files[f"keys/{key['role']}-{name[:16]}.pub.pem"] = pem(key["public"])
        files["allowed_signers"] += f'{key["role"]} namespaces="letopis",valid-{term} ssh-ed25519 {to64(ssh(b"ssh-ed25519", key["public"]))}\n'.encode()
    for path, data in files.items(): attempt("key-file-wrong", path, read, data)
    if "medium.txt" in there: return attempt("medium-wrong", "medium.txt", check_medium)
    must(parse(read(where)) in [{"archive": register.archive, "location": each, "t": "letopis/location/v1"} for each in register.locations], "another location")
def check_medium(where):  # §8: every file is as its manifest says, and that as the log key signed
    text, listed = read(where), read("manifest-sha256.txt")
    for digest, path in re.findall("([0-9a-f]{64})  (.+)\n", listed.decode()): attempt("file-digest", path, read, digest, PACKAGE)
    said = must(verifies(register.log_key, read("medium.sig"), text) and dict(re.findall("(.+?) (.+)\n", text.decode())), "is not signed by the log key")
    expect(said["manifest-sha256"] == sha256(listed), "medium-wrong", "manifest-sha256.txt", "is not the one that medium.txt names")
    must(text == signed_text("medium", {**said, "archive": register.archive, "register-size": register.size, "register-root": register.root}), "of another one")
def check_document(path, entry):
    found = parse(read(path, must(entry, "the register does not name it", "document-without-entry")["sha256"]))
    kind = KINDS[f"printed/{register.sealed[entry['record']]['kind']}"] if entry["event"] == "printed" else KINDS.get(entry["event"])
    same("document-wrong", path, found, {"t": "letopis/document/v1", "body": found["body"], "salt": unhex(found["salt"], 16).hex(),
                                         "retention": entry["retention"], "kind": kind or found["kind"], **pick(found, "pdf")})
    if "pdf" in found: attempt("document-wrong", f"{path[:-4]}pdf", read, found["pdf"])
sys.excepthook = lambda kind, error, trace: (print("could not run:", error, file=sys.stderr, flush=True), os._exit(2))
parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
for name, how in {"path": {}, "--director": {}, "--log-key": {}, "--json": {"action": "store_true"}}.items(): parser.add_argument(name, **how)
target = pathlib.Path((options := parser.parse_args()).path).resolve()
root = next((path for path in (target, *list(target.parents)[2:3]) if (path / "location.json").is_file() or (path / "register/checkpoint").is_file()), None)
one = target.relative_to(base).as_posix() if (base := root or target.parent) != target else None  # the one record to be checked
must(not one or (target / "seal.txt").is_file() or (target / "package.zip").is_file(), f"{target} is no location and no record")
there = {file.relative_to(base).as_posix() for file in (root or target).rglob("*")
         if (file.is_symlink() or not file.is_dir()) and not re.search("#[0-9]+$", file.name)}  # §1: unfinished writes
with tempfile.TemporaryDirectory() as work:
    key = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")  # RFC 8032 § 7.1, test 2
    signature = base64.b64decode("kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA==")
    must(verifies(key, signature, b"r") and not verifies(key, signature, b"s"), "openssl does not verify Ed25519")
    register = attempt("register-unreadable", "register/checkpoint", Register) if root else notice("no-register", one, "keys are not known")
    if register:
        attempt("location-wrong", "location.json", check_location)
        facts.insert(0, f"log key {sha256(KEY_INFO + register.log_key)}")
        expect(options.log_key in (None, register.vkey, facts[0][8:]), "log-key-other", "register", "is not under the log key given")
        expect(options.director in {None, *register.keys}, "director-unknown", "register", "no key has this fingerprint")
    folders = {"/".join(path.split("/")[:3]) for path in there if re.match("(records|documents)(/[^/]+){3}", path)}
    if register and "medium.txt" in there: notice("elsewhere", "medium.txt", f"{len(known.keys() - folders)} records and documents are kept elsewhere")
    for path in [one] if one else sorted(folders if "medium.txt" in there else folders | known.keys()):
        if path.startswith("documents/"): attempt("document-wrong", f"{path}/document.json", check_document, known.get(path))
        else: attempt("seal-malformed", f"{path}/seal.txt", check_record, path, known.get(path))
for path in sorted(there - explained - {"README.txt", "verify.py"}) if register or one else ():
    expect(one and not path.startswith(f"{one}/"), "unexplained-file", path, "neither the register nor the format explains it")
summary = f"{len(findings)} findings, {len(notices)} notices; {len(signed)} records, {sum(signed)} signed, {len(signed) - sum(signed)} wait for a signature; "
summary += f"{register.size} entries in the register, its root {base64.b64decode(register.root).hex()[:16]}" if register else "no register"
lines = [*facts, *("{} {}: {}".format(*item) for item in findings), *("notice: {} {}: {}".format(*item) for item in notices), summary]
print(json.dumps({"facts": facts, "findings": findings, "notices": list(notices), "summary": summary}) if options.json else
      "\n".join(re.sub(r"[^ -~]", "?", line) for line in lines))
sys.exit(1 if findings else 0)
