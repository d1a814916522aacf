"""Prints HTML files as PDF with one process of another printer, for the benchmark.

    python3 print_many.py chromium OUT FILE...      drives one headless Chromium over its pipe for developers
    python3 print_many.py weasyprint OUT FILE...    one Python that keeps its fonts
"""
import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile


class Chromium:
    def __init__(self):
        to_read, self.commands = os.pipe()
        self.answers, to_write = os.pipe()
        self.home = tempfile.TemporaryDirectory()

        def connect():  # Chromium reads commands from 3 and writes to 4
            commands, answers = os.dup(to_read), os.dup(to_write)
            os.dup2(commands, 3)
            os.dup2(answers, 4)

        self.process = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             f"--user-data-dir={self.home.name}"],
            preexec_fn=connect, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.rest, self.number, self.session = b"", 0, None

    def message(self):
        while b"\0" not in self.rest:
            octets = os.read(self.answers, 1 << 20)
            if not octets:
                sys.exit("chromium has ended")
            self.rest += octets
        told, self.rest = self.rest.split(b"\0", 1)
        return json.loads(told)

    def ask(self, method, until=None, **parameters):
        self.number += 1
        command = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            command["sessionId"] = self.session
        os.write(self.commands, json.dumps(command).encode() + b"\0")
        result, seen = None, until is None
        while result is None or not seen:
            told = self.message()
            if told.get("id") == self.number:
                result = told.get("result", {})
            seen = seen or told.get("method") == until
        return result

    def print(self, out, files):
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable")
        for file in files:
            self.ask("Page.navigate", until="Page.loadEventFired", url=file.as_uri())
            printed = self.ask("Page.printToPDF", preferCSSPageSize=True)
            (out / (file.stem + ".pdf")).write_bytes(base64.b64decode(printed["data"]))
        self.session = None
        self.ask("Browser.close")
        self.process.wait()


def main():
    printer, out, files = sys.argv[1], pathlib.Path(sys.argv[2]), [pathlib.Path(f).resolve() for f in sys.argv[3:]]
    out.mkdir(parents=True, exist_ok=True)
    if printer == "chromium":
        Chromium().print(out, files)
        return
    import weasyprint
    fonts = weasyprint.text.fonts.FontConfiguration()
    for file in files:
        weasyprint.HTML(filename=str(file)).write_pdf(str(out / (file.stem + ".pdf")), font_config=fonts)


main()
