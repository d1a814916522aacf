#!/usr/bin/env python3
"""Opens an exported site in Chromium and in Firefox, from its folder and from a web server, and uses it as a reader does.

    browsers.py SITE EXPECTED

SITE is the folder of the site. EXPECTED holds comparisons as Sipdex writes them, "en-404+486.html", to which those that
the browser builds must be equal, and in searches.json what Sipdex finds first: [["en", "robocal", "response/607/"], …]. Prints what was tried, and 'skipped' for a browser that is not installed. The standard
library speaks to both: Chromium by way of chromedriver (WebDriver), Firefox directly (Marionette, the same commands).
"""
import concurrent.futures
import http.server
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "Left": "\ue012", "Up": "\ue013", "Right": "\ue014", "Down": "\ue015", "Tab": "\ue004"}


class Browser:
    """What both browsers can do; `ask` sends one command of WebDriver."""

    def go(self, address):
        self.ask("navigate", {"url": address})

    def js(self, script, *arguments):
        return self.ask("execute", {"script": script, "args": list(arguments)})

    def until(self, script, *arguments, seconds=6):
        end = time.monotonic() + seconds
        while True:
            value = self.js("return (" + script + ")", *arguments)
            if value or time.monotonic() > end:
                return value
            time.sleep(0.03)

    def keys(self, *typed):
        """Presses keys one by one: "Down", or the letters of a text."""
        actions = []
        for part in typed:
            for key in [KEYS[part]] if part in KEYS else part:
                actions += [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.ask("actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def click(self, selector):
        self.js("document.querySelector(arguments[0]).dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))", selector)

    def window(self, width, height=900):
        self.ask("size", {"width": width, "height": height})


class Chromium(Browser):
    name = "Chromium"

    @staticmethod
    def missing():
        return [each for each in ("chromium", "chromedriver") if not shutil.which(each)]

    def __init__(self, folder):
        self.driver = subprocess.Popen([shutil.which("chromedriver"), "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                       text=True, start_new_session=True, env={**os.environ, "HOME": str(folder), "LANGUAGE": "en"})
        self.session = None
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # never by a proxy
        for line in self.driver.stdout:
            if "successfully on port" in line:
                self.base = "http://127.0.0.1:" + line.split("on port")[1].strip(" .\n")
                break
        threading.Thread(target=self.driver.stdout.read, daemon=True).start()
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                     "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--lang=en", "--hide-scrollbars",
                     "--user-data-dir=" + str(folder / "chromium")]
        wanted = {"browserName": "chrome", "goog:chromeOptions": {"args": arguments, "binary": shutil.which("chromium")},
                  "goog:loggingPrefs": {"browser": "ALL"}}
        self.session = self.send("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]

    def send(self, method, path, body=None):
        request = urllib.request.Request(self.base + path, method=method, data=None if body is None else json.dumps(body).encode(),
                                         headers={"Content-Type": "application/json"})
        try:
            with self.opener.open(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"]) from None

    def ask(self, command, body):
        path = "/session/" + self.session
        if command == "size":
            body = {**body, "deviceScaleFactor": 1, "mobile": False}
            return self.send("POST", path + "/goog/cdp/execute", {"cmd": "Emulation.setDeviceMetricsOverride", "params": body})
        return self.send("POST", path + {"navigate": "/url", "execute": "/execute/sync", "actions": "/actions"}[command], body)

    def complaints(self):
        """What stands on the console since it was asked last."""
        return [entry["message"] for entry in self.send("POST", "/session/" + self.session + "/se/log", {"type": "browser"})]

    def close(self):
        try:
            if self.session:
                self.send("DELETE", "/session/" + self.session)
        finally:
            os.killpg(self.driver.pid, signal.SIGTERM)
            self.driver.wait()


class Firefox(Browser):
    name = "Firefox"

    @staticmethod
    def missing():
        return [] if shutil.which("firefox-esr") or shutil.which("firefox") else ["firefox-esr"]

    def __init__(self, folder):
        profile = folder / "firefox"
        profile.mkdir()
        preferences = {"marionette.port": 0, "browser.shell.checkDefaultBrowser": False, "datareporting.policy.dataSubmissionEnabled": False,
                       "toolkit.telemetry.enabled": False, "network.captive-portal-service.enabled": False,
                       "network.connectivity-service.enabled": False, "app.update.enabled": False, "extensions.update.enabled": False,
                       "services.settings.server": "data:,#", "browser.safebrowsing.downloads.enabled": False,
                       "browser.safebrowsing.malware.enabled": False, "browser.safebrowsing.phishing.enabled": False,
                       "media.gmp-manager.updateEnabled": False, "intl.accept_languages": "en", "browser.aboutwelcome.enabled": False,
                       "browser.startup.page": 0, "browser.newtabpage.enabled": False, "network.dns.disablePrefetch": True,
                       "browser.region.network.url": "", "extensions.getAddons.cache.enabled": False}
        (profile / "user.js").write_text("".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items()))
        program = shutil.which("firefox-esr") or shutil.which("firefox")
        self.process = subprocess.Popen([program, "--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--profile",
                                         str(profile), "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        start_new_session=True, env={**os.environ, "HOME": str(folder), "MOZ_HEADLESS": "1"})
        port, end = profile / "MarionetteActivePort", time.monotonic() + 30
        while not (port.exists() and port.read_text().strip()):
            if time.monotonic() > end or self.process.poll() is not None:
                raise RuntimeError("Firefox did not start")
            time.sleep(0.05)
        self.socket = socket.create_connection(("127.0.0.1", int(port.read_text())))
        self.stream = self.socket.makefile("rb")
        self.count = 0
        self.read()
        self.command("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {"acceptInsecureCerts": True}}})

    def read(self):
        length = b""
        while (octet := self.stream.read(1)) != b":":
            if not octet:
                raise RuntimeError("Firefox has gone")
            length += octet
        return json.loads(self.stream.read(int(length)))

    def command(self, name, parameters):
        self.count += 1
        octets = json.dumps([0, self.count, name, parameters]).encode()
        self.socket.sendall(str(len(octets)).encode() + b":" + octets)
        _, _, error, result = self.read()
        if error:
            raise RuntimeError(error["message"])
        return result.get("value") if isinstance(result, dict) else result

    def ask(self, command, body):
        if command == "size":
            # The window is wider than the page in it by its frame, which headless it has none of, but it has a least width.
            return self.command("WebDriver:SetWindowRect", body)
        return self.command({"navigate": "WebDriver:Navigate", "execute": "WebDriver:ExecuteScript", "actions": "WebDriver:PerformActions"}[command], body)

    def complaints(self):
        self.command("Marionette:SetContext", {"value": "chrome"})
        try:
            return self.js("""
                const found = [];
                for (const each of Services.console.getMessageArray())
                    if (each instanceof Ci.nsIScriptError && /^(file:|http:..127)/.test(each.sourceName)) found.push(each.errorMessage + ' ' + each.sourceName);
                Services.console.reset();
                return found;""")
        finally:
            self.command("Marionette:SetContext", {"value": "content"})

    def close(self):
        try:
            self.command("Marionette:Quit", {"flags": ["eForceQuit"]})
        except RuntimeError:
            pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def served(folder):
    """A web server as any other, on a free port of this machine."""
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(folder))

        def log_message(self, *_):
            pass

        def copyfile(self, *arguments):
            try:
                super().copyfile(*arguments)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the browser has gone on to another page

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return "http://127.0.0.1:%d/" % server.server_port


# What a page shows of contrast: the worst text of it, by WCAG 2: at least 4.5, of large type 3.
CONTRAST = """
const pen = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d', {willReadFrequently: true});
const seen = new Map();
function rgba(colour) {
    if (!seen.has(colour)) {
        pen.clearRect(0, 0, 1, 1);
        pen.fillStyle = colour;
        pen.fillRect(0, 0, 1, 1);
        seen.set(colour, Array.from(pen.getImageData(0, 0, 1, 1).data));
    }
    return seen.get(colour);
}
const light = (c) => c.slice(0, 3).map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
function ground(element) {
    for (let at = element; at; at = at.parentElement) {
        const rect = at.matches('a.rung') && at.querySelector('.band');
        const colour = rgba(rect ? getComputedStyle(rect).fill : getComputedStyle(at).backgroundColor);
        if (colour[3] > 250) return colour;
    }
    return rgba(getComputedStyle(document.documentElement).getPropertyValue('--background'));
}
let worst = {ratio: 99, text: 'nothing'}, counted = 0;
for (const element of document.querySelectorAll('body *')) {
    const own = Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || element.closest('option, script, noscript') || !element.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    const style = getComputedStyle(element), svg = element instanceof SVGElement;
    if (style.clipPath !== 'none' || element.closest('.unseen')) continue;
    const a = light(rgba(svg ? style.fill : style.color)), b = light(ground(element));
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) * (large ? 1.5 : 1);
    ++counted;
    if (ratio < worst.ratio) worst = {ratio, text: element.textContent.trim().slice(0, 60), tag: element.tagName + '.' + element.getAttribute('class')};
}
return {...worst, counted};
"""

STRUCTURE = """
const roles = {banner: 'body > header', main: 'main', contentinfo: 'body > footer', search: 'form[role=search]', navigation: 'nav'};
const count = {};
for (const [role, selector] of Object.entries(roles)) count[role] = document.querySelectorAll(selector).length;
const levels = Array.from(document.querySelectorAll('h1, h2, h3, h4'), (h) => Number(h.tagName[1]));
const unnamed = Array.from(document.querySelectorAll('a[href], button, input, select'))
    .filter((e) => e.checkVisibility() && !(e.textContent.trim() || e.getAttribute('aria-label') || e.labels?.length || e.querySelector('[alt]:not([alt=""])')))
    .map((e) => e.outerHTML.slice(0, 90));
return {count, h1: levels.filter((l) => l === 1).length, gap: levels.some((l, i) => l > (i ? levels[i - 1] : 0) + 1), unnamed,
        lang: document.documentElement.lang, skip: document.querySelector('body > a')?.getAttribute('href')};
"""

# The texts of a comparison, section by section.
COMPARISON = """
const texts = (root) => Array.from(root.querySelectorAll('section'), (section) => [section.id, ...Array.from(section.querySelectorAll('h2, th, td, li, p'),
    (each) => each.textContent.replace(/\\\\s+/g, ' ').trim())]).filter(([id]) => !id.startsWith('pairs-'));
""".replace("\\\\", "\\")


class Trial:
    def __init__(self, browser, base, where, expected):
        self.browser, self.base, self.where, self.expected = browser, base, where, expected
        self.failures, self.checks = [], 0

    def check(self, holds, *what):
        self.checks += 1
        if not holds:
            self.failures.append(" ".join(str(each) for each in (self.browser.name, self.where, *what)))

    def page(self, path):
        self.browser.go(self.base + path)

    def here(self):
        return self.browser.js("return location.href")[len(self.base):]

    def found(self, query):
        """The addresses of what the search offers for a query."""
        self.browser.js("document.querySelector('#query').value = ''; document.querySelector('#query').focus()")
        self.browser.js("document.querySelector('[role=status]').textContent = ''")
        self.browser.keys(query)
        self.browser.until("document.querySelector('[role=status]').textContent !== ''")
        time.sleep(0.05)
        return self.browser.js("return Array.from(document.querySelectorAll('#found a'), (a) => a.href)")

    def first_page(self):
        self.page("index.html")
        self.browser.until("location.pathname.endsWith('/en/index.html')")
        self.check(self.here() == "en/index.html", "the first page leads to", self.here())
        self.page("index.html#choose")
        self.check(self.browser.js("return document.querySelectorAll('main nav a').length") >= 2, "the choice of languages")

    def search(self):
        self.page("en/response/404/index.html")
        self.browser.keys("/")
        self.check(self.browser.js("return document.activeElement.id") == "query", "/ goes to the search")
        for language, query, *addresses in json.loads((self.expected / "searches.json").read_text()):
            if not self.here().startswith(language + "/"):
                self.page(language + "/response/404/index.html")
            hits = [hit[len(self.base):].split("/", 1)[1].replace("index.html", "") for hit in self.found(query)]
            self.check(hits[:1] == addresses[:1], "search", language, query, "finds", hits[:3], "not", addresses[:3])
        self.page("en/response/404/index.html")
        self.check(self.found("zzqqxx wwvv") == [], "nothing is found of nonsense")
        self.check(self.browser.js("return document.querySelector('#found').textContent") == "Nothing found", "and that is said")
        self.found("busy")
        self.browser.keys("Down", "Down", "Up")
        selected = self.browser.js("return Array.from(document.querySelectorAll('#found [role=option]'), (o) => o.getAttribute('aria-selected'))")
        self.check(selected[:3] == ["false", "true", "false"], "arrows go through the results", selected)
        self.check(self.browser.js("return document.querySelector('#query').getAttribute('aria-activedescendant')") == "hit-1", "and say so")
        self.browser.keys("Escape")
        self.check(self.browser.js("return document.querySelector('#found').hidden"), "Escape closes the results")
        self.found("unwanted")
        self.browser.keys("Enter")
        self.browser.until("location.pathname.endsWith('/response/607/index.html')")
        self.check(self.here() == "en/response/607/index.html", "Enter opens the first result, not", self.here())
        self.page("fr/search/index.html?q=occup%C3%A9")
        self.browser.until("!document.querySelector('#results').hidden")
        self.check(self.browser.js("return document.querySelectorAll('#results li').length") > 5, "the page of results")

    def languages(self):
        self.page("fr/exchange/607-unwanted/index.html#step-3")
        self.browser.click(".languages a[hreflang=en]")
        self.browser.until("location.pathname.includes('/en/')")
        self.check(self.here() == "en/exchange/607-unwanted/index.html#step-3", "the switch of languages stays on the page:", self.here())
        self.check(self.browser.js("return document.documentElement.lang") == "en", "and the page says its language")

    def themes(self):
        ground = "return getComputedStyle(document.body).backgroundColor"
        self.page("en/index.html")
        before = self.browser.js(ground)
        self.browser.click("button.theme")
        self.browser.click("button.theme")
        dark = self.browser.js(ground)
        self.check(before != dark, "the switch of colours changes them", before, dark)
        self.page("en/response/486/index.html")
        self.check(self.browser.js(ground) == dark, "the choice of colours holds for the next page")
        self.browser.click("button.theme")
        self.check(self.browser.js(ground) == before, "and can be taken back")

    def comparisons(self):
        # The same files: what does not depend on where they come from is tried once.
        files = sorted(self.expected.glob("*.html"))
        for file in files if self.where == "from a folder" else files[:3]:
            language, ids = file.stem.split("-", 1)
            path = language + "/compare/index.html"
            if self.here().split("#")[0] != path:
                self.page(path)
            self.browser.js("location.hash = arguments[0]", ids)
            built = self.browser.until("document.querySelector('#compared section') && decodeURIComponent(location.hash.slice(1)) === arguments[0] &&"
                                       "document.querySelectorAll('#compared .masthead').length === arguments[0].split('+').length &&"
                                       "document.querySelector('#compared .masthead a').href.includes('/response/' + arguments[0].split('+')[0] + '/')", ids)
            self.check(built, "no comparison of", ids)
            difference = self.browser.js(COMPARISON + """
                const wanted = texts(new DOMParser().parseFromString(arguments[0], 'text/html')), got = texts(document.querySelector('#compared'));
                for (let i = 0; i < Math.max(wanted.length, got.length); ++i)
                    for (let j = 0; j < Math.max(wanted[i]?.length ?? 0, got[i]?.length ?? 0); ++j)
                        if (wanted[i]?.[j] !== got[i]?.[j]) return [wanted[i]?.[j], got[i]?.[j]];
                return null;""", file.read_text())
            self.check(difference is None, "comparison", language, ids, "differs:", difference)
        self.page("en/compare/index.html")
        self.browser.js("""const [one, other] = document.querySelectorAll('.pick select');
            one.value = '404'; other.value = '181'; one.form.dispatchEvent(new Event('change'))""")
        self.browser.until("document.querySelector('h1').textContent.startsWith('404')")
        self.check(self.browser.js("return document.querySelector('h1').textContent").startswith("404"), "two codes that are picked are compared")
        self.browser.click(".pick [data-go=swap]")
        self.browser.until("document.querySelector('h1').textContent.startsWith('181')")
        self.check(self.here() == "en/compare/index.html#181+404", "and swapped", self.here())
        self.page("en/compare/index.html#607+300")
        self.browser.until("location.pathname.endsWith('/300-607/index.html')")
        self.check(self.here() == "en/compare/300-607/index.html", "a pair that is written about has its own page", self.here())

    def ladder(self):
        self.page("en/exchange/607-unwanted/index.html")
        shown = "return Array.from(document.querySelectorAll('.step')).filter((s) => s.checkVisibility()).map((s) => s.id)"
        said = "return document.querySelector('.player output').textContent"
        steps = self.browser.js("return document.querySelectorAll('.step').length")
        self.check(self.browser.js(shown) == ["step-1"], "one message is shown")
        self.check(self.browser.js(said) == "1 of %d" % steps, "and which", self.browser.js(said))
        self.browser.keys("Right", "Right", "Left")
        self.check(self.browser.js(shown) == ["step-2"], "arrow keys step", self.browser.js(shown))
        self.check(self.browser.js("return document.querySelector('.rung[aria-current=step]').dataset.step") == "2", "the rung is marked")
        self.check("INVITE" in self.browser.js("return document.querySelector('.step.current pre').textContent"), "its message stands there")
        self.check(self.here().endswith("#step-2"), "the address keeps the step", self.here())
        for button, step in [("next", 3), ("last", steps), ("back", steps - 1), ("first", 1)]:
            self.browser.click(".player [data-go=%s]" % button)
            self.check(self.browser.js(said) == "%d of %d" % (step, steps), button, self.browser.js(said))
        self.browser.click(".rung[data-step='3'] text")
        self.check(self.browser.js(shown) == ["step-3"], "a rung leads to its message")
        self.browser.click(".player .every")
        self.check(len(self.browser.js(shown)) == steps, "every message can be shown")

    def everywhere(self):
        """What holds for every page, tried on one of each kind."""
        pages = ["index.html", "response/486/index.html", "compare/300-607/index.html", "compare/index.html#181+404", "exchanges/index.html",
                 "exchange/607-unwanted/index.html", "path/busy-at-once/index.html", "term/dialog/index.html", "header/via/index.html",
                 "speaker/asterisk/index.html", "group/not-answered/index.html", "vocabulary/index.html", "headers/index.html",
                 "search/index.html?q=busy"]
        for number, page in enumerate(pages):
            path = ("fr/" if number % 2 else "en/") + page
            self.page(path)
            if "#" in page:
                self.browser.until("document.querySelector('#compared section')")
            found = self.browser.js(STRUCTURE)
            count = found["count"]
            self.check(count["banner"] == count["main"] == count["contentinfo"] == count["search"] == 1 and count["navigation"] >= 2, path, "landmarks", count)
            self.check(found["h1"] == 1 and not found["gap"], path, "headings")
            self.check(not found["unnamed"], path, "without a name:", found["unnamed"])
            self.check(found["lang"] == path[:2] and found["skip"] == "#content", path, "language, way to the content")
            strangers = self.browser.js("return performance.getEntriesByType('resource').map((r) => r.name).filter((n) => !n.startsWith(arguments[0]))", self.base)
            self.check(not strangers, path, "loads", strangers)
            for theme in ("light", "dark"):
                self.browser.js("document.documentElement.dataset.theme = arguments[0]", theme)
                worst = self.browser.js(CONTRAST)
                self.check(worst["counted"] > 10 and worst["ratio"] >= 4.5, path, theme, "contrast", worst)
            for width in (360, 768, 1280, 2560):
                self.browser.window(width)
                wide = self.browser.js("return [document.scrollingElement.scrollWidth, innerWidth]")
                self.check(wide[0] <= wide[1], path, "is wider than the window:", wide)
            self.browser.window(1280)

    def run(self):
        parts = [self.first_page, self.search, self.languages, self.themes, self.ladder, self.comparisons]
        if self.where == "from a folder":
            parts.append(self.everywhere)
        for part in parts:
            try:
                part()
            except Exception as error:  # the other parts tell more
                self.check(False, part.__name__, type(error).__name__, error)
            complaints = self.browser.complaints()
            self.check(not complaints, part.__name__, "on the console:", complaints)
        return self


def tried(kind, site, expected, server):
    """All trials in one browser: what was done, and what failed."""
    missing = kind.missing()
    if missing:
        return kind.name + ": skipped, not installed: " + ", ".join(missing), []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        begun, checks, failures = time.monotonic(), 0, []
        browser = kind(pathlib.Path(folder))
        try:
            browser.window(1280)
            for where, base in (("from a folder", site.as_uri() + "/"), ("from a server", server)):
                trial = Trial(browser, base, where, expected).run()
                failures += trial.failures
                checks += trial.checks
        finally:
            browser.close()
        return "%s: %d checks in %.0f s" % (kind.name, checks, time.monotonic() - begun), failures


def main():
    site, expected = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    server = served(site)
    with concurrent.futures.ThreadPoolExecutor() as both:
        results = [both.submit(tried, kind, site, expected, server) for kind in (Chromium, Firefox)]
        failures = []
        for result in results:
            said, failed = result.result()
            print(said)
            failures += failed
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
