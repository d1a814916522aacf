#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "support/text.h"

using namespace sipdex::test;
using nlohmann::json;

namespace {

// The program in a plain environment: no display, no colours, nobody's notes, English unless asked otherwise.
Ran program(const std::string& arguments, const std::string& environment = "LC_ALL=C.UTF-8") {
    return run("env -u DISPLAY -u WAYLAND_DISPLAY -u LC_MESSAGES -u LANG -u COLUMNS XDG_DATA_HOME=/nowhere " +
               environment + " " + SIPDEX_PROGRAM + " " + arguments);
}

void fails(const std::string& arguments, int code, const std::string& sentence) {
    const Ran ran = program(arguments);
    CAPTURE(arguments);
    CHECK(ran.code == code);
    CHECK(ran.out == "");
    CHECK(ran.err == "sipdex: " + sentence + "\n");
}

}  // namespace

TEST_CASE("codes that are named without a command are written as they were asked for") {
    CHECK(program("607 --format json").out == program("show 607 --format json").out);
    CHECK(program("300 607 --format md --lang fr").out == program("compare 300 607 --format md --lang fr").out);
    const TemporaryFolder folder;
    const std::string sheet = (folder.path() / "607.pdf").string();
    CHECK(program("607 -o " + sheet).out.empty());
    CHECK(run("head -c 5 " + sheet).out == "%PDF-");
    const std::string log = folder.write("call.txt", "SIP/2.0 486 Busy Here\r\n\r\n").string();
    CHECK(program(log + " --format text").out == program("explain " + log).out);
    fails("-o x.pdf", 2, "Give one response code or name, as in: sipdex show 607");
}

TEST_CASE("mistakes of usage get one sentence and exit code 2") {
    fails("show 607 --lang xx", 2, "“xx” is not a language that Sipdex speaks. It speaks: en, fr.");
    fails("show 607 --lang 'no tag'", 2,
          "“no tag” is not a language tag. Use one such as fr or en; Sipdex speaks: en, fr.");
    fails("show 607 --format doc", 2,
          "“doc” is not an output format. Use one of: text, md, html, json, pdf, svg, png, csv.");
    fails("show 607 --paper b5", 2, "“b5” is not a paper size. Use one of: a6, a5, a4, a3, a2, a1, letter, tabloid.");
    fails("show 607 --form long", 2, "“long” is not among card, short, full.");
    fails("show 607 --date 2026-02-30", 2,
          "“2026-02-30” is not a date. Write it like 2026-11-30, or none to leave it out.");
    fails("show 607 --logo /dev/null", 1,
          "/dev/null cannot be read as a PNG, JPEG or SVG picture. Choose another file as logo.");
    fails("export --what pairs --format html --jobs 0 -o x", 2,
          "“0” is not a number of processes. Use a number from 1 to 64.");
    fails("export --what booklet -o x.html", 2, "The booklet is written as pdf. Name one with --format.");
    fails("compare 300 300", 2, "Give two different responses to compare; 300 was given twice.");
    fails("compare 300 301 302 305 380 400", 2, "At most five responses can be compared at once; 6 were given.");
    fails("show", 2, "Give one response code or name, as in: sipdex show 607");
    fails("show 486 487", 2, "Give one response code or name, as in: sipdex show 607");
    fails("compare 300", 2, "Give two to five response codes, as in: sipdex compare 300 607");
    fails("compare", 2, "Give two to five response codes, as in: sipdex compare 300 607");
    fails("search", 2, "Give what to look for, as in: sipdex search busy");
    fails("export", 2, "Say what to export, as in: sipdex export --what pairs --format pdf -o sheets");
    fails("export --what everything -o x", 2,
          "“everything” is not among responses, pairs, all-pairs, exchanges, all, poster, deskcard, booklet, "
          "site.");
    fails("show 607 --colour", 2, "“--colour” is not understood here; sipdex show --help lists what is.");
    fails("--colour", 2, "“--colour” is not understood here; sipdex --help lists what is.");
    fails("show 607 --format", 2, "--format needs a value; see sipdex show --help.");
    fails("show 607 --width 3", 2, "“3” is not a width; give a number of columns from 20 to 400.");
    fails("show 607 --width 80x", 2, "“80x” is not a width; give a number of columns from 20 to 400.");
    fails("redact", 2, "Name a capture or a log, as in: sipdex redact call.pcapng -o shared.pcapng");
    fails("redact call.pcapng", 2, "Name the file to write with -o, as in: sipdex redact call.pcapng -o shared.pcapng");
    fails("redact call.pcapng --format pdf -o x.pdf", 2, "“pdf” is not an output format. Use one of: pcapng.");
    fails("redact call.pcapng -o call.pcapng", 2,
          "call.pcapng is read as well, so nothing was written. Name another file to write.");
    fails("catalog", 2, "Say what to do: sipdex catalog info, sipdex catalog check or sipdex catalog coverage");
    fails("catalog explode", 2, "“explode” is not among info, check, coverage.");
}

TEST_CASE("the help and the mistakes of usage are French for a French reader, the library's own words too") {
    for (const std::string command :
         {"", "show ", "compare ", "search ", "replay ", "forks ", "ask ", "explain ", "redact ", "export ", "note ",
          "favourite ", "recent ", "profile ", "own ", "catalog "}) {
        const std::string help = program(command + "--help --lang fr").out;
        CAPTURE(command);
        CHECK(help.find("Utilisation\u00a0: sipdex") != std::string::npos);
        for (const char* english :
             {"Usage", "Positionals", "Subcommands", "REQUIRED", "TEXT ", "Print this", "Display program"})
            CHECK_MESSAGE(help.find(english) == std::string::npos, english);
    }
    fails("compare 486 --lang fr", 2, "Donnez deux à cinq codes de réponse, par exemple\u00a0: sipdex compare 300 607");
    fails("show --bogus --lang fr", 2,
          "«\u00a0--bogus\u00a0» n’est pas compris ici\u202f; sipdex show --help indique ce qui l’est.");
    fails("show 607 --lang fr --format", 2, "--format attend une valeur\u202f; voir sipdex show --help.");
}

TEST_CASE("what cannot be done gets one sentence and exit code 1") {
    fails("show 999", 1, "There is no response 999; a response code is a number from 100 to 699.");
    fails("show 699", 1,
          "Response 699 is unknown: it is not in the IANA registry and has not been seen in the field. A receiver "
          "treats it as 600 (RFC 3261 §8.1.3.2).");
    fails("show abc", 1, "There is no response abc; a response code is a number from 100 to 699.");
    fails("show 607 -o /no/such/folder/x.pdf", 1,
          "/no/such/folder/x.pdf cannot be written: its folder does not exist. Create the folder, or choose another "
          "place.");
    fails("replay nothing-like-it", 1, "There is no exchange called nothing-like-it.");
    fails("replay 486-bussy", 1, "There is no exchange called 486-bussy. Similar names: 486-busy.");
    fails("search zzqqxx", 1, "Nothing in the catalog matches “zzqqxx”. Try a number, a phrase or fewer words.");
    fails("show 607 --catalog /no/catalog.db", 1,
          "The catalog /no/catalog.db does not exist. Build it with scripts/run, or name one with --catalog.");
    fails("unheard-of", 1, "There is no response unheard-of; a response code is a number from 100 to 699.");
}

TEST_CASE("a full disk is reported, and no half file stays") {
    const Ran ran = program("show 607 > /dev/full");
    CHECK(ran.code == 1);
    CHECK(ran.err ==
          "sipdex: Standard output takes no more: there is no room left. Make room, or name a file with -o.\n");
    TemporaryFolder folder;
    CHECK(program("show 607 -o " + (folder.path() / "607.html").string()).code == 0);
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("a sheet whose letters have no font says so and names the remedy") {
    TemporaryFolder folder;
    const auto fonts =
        folder.write("fonts.conf",
                     "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM "
                     "\"fonts.dtd\"><fontconfig><dir>/usr/share/fonts/truetype/jetbrains-mono</dir><cachedir>" +
                         (folder.path() / "cache").string() + "</cachedir></fontconfig>");
    if (!std::filesystem::exists("/usr/share/fonts/truetype/jetbrains-mono")) {
        MESSAGE("skipped: JetBrains Mono is not where Debian installs it");
        return;
    }
    const Ran ran = program("compare 300 607 -o " + (folder.path() / "x.pdf").string(),
                            "LC_ALL=C.UTF-8 FONTCONFIG_FILE=" + fonts.string());
    CHECK(ran.code == 0);
    CHECK(ran.err.starts_with("sipdex: No installed font has these characters: "));
    CHECK(ran.err.find("fonts-noto-core") != std::string::npos);
}

TEST_CASE("without a display the comparison of 300 and 607 comes to the terminal") {
    const Ran ran = program("");
    CHECK(ran.code == 0);
    CHECK(ran.err ==
          "sipdex: No display was found, so no window can open; here is the page in the terminal. See sipdex --help "
          "for more.\n");
    CHECK(ran.out.find("300 Multiple Choices and 607 Unwanted") == 0);
}

TEST_CASE("the environment chooses the language, and --lang overrides it") {
    CHECK(program("show 607", "LC_ALL=fr_CA.UTF-8").out.find("Causes typiques") != std::string::npos);
    CHECK(program("show 607 --lang en", "LC_ALL=fr_CA.UTF-8").out.find("Typical causes") != std::string::npos);
    CHECK(program("show 607 --lang=fr-BE").out.find("Causes typiques") != std::string::npos);
    CHECK(program("show 999 --lang fr").err.find("Il n’existe pas de réponse 999") != std::string::npos);
}

TEST_CASE("JSON keeps the names that scripts rely on") {
    const json shown = json::parse(program("show 607 --format json --lang fr").out);
    CHECK(shown["codes"] == json({607}));
    CHECK(shown["language"] == "fr");
    CHECK(shown["title"] == "607 Unwanted");
    bool causes = false;
    for (const json& section : shown["sections"]) {
        CHECK(section.contains("id"));
        CHECK(section.contains("title"));
        if (section["id"] == "causes")
            causes = section["items"].size() >= 3 && section["items"][0].contains("label") &&
                     section["items"][0].contains("text");
    }
    CHECK(causes);

    const json compared = json::parse(program("compare 607 300 --format json").out);
    CHECK(compared["codes"] == json({607, 300}));

    const json found = json::parse(program("search robocall --format json").out);
    REQUIRE(!found["results"].empty());
    for (const char* name : {"kind", "id", "title"}) CHECK(found["results"][0].contains(name));
    CHECK(json::parse(program("search zzqqxx --format json").out)["results"].empty());
    const std::pair<const char*, const char*> kinds[] = {{"607", "response"},
                                                         {"'300 607'", "comparison"},
                                                         {"Retry-After", "vocabulary"},
                                                         {"'early dialog'", "term"},
                                                         {"asterisk", "speaker"},
                                                         {"'drops after 32 seconds'", "path"},
                                                         {"481-after-restart", "exchange"}};
    for (const auto& one : kinds) {
        const char* const words = one.first;
        const char* const kind = one.second;
        CAPTURE(words);
        CHECK(json::parse(program(std::string("search ") + words + " --format json").out)["results"][0]["kind"] ==
              kind);
    }

    const json replayed = json::parse(program("replay 607 --format json").out);
    CHECK(replayed["exchange"].get<std::string>().starts_with("607-"));
    CHECK(replayed["parties"].size() >= 3);
    for (const json& message : replayed["messages"])
        for (const char* name : {"at_us", "from", "to", "lost", "text", "why", "rule"}) CHECK(message.contains(name));

    const json info = json::parse(program("catalog info --format json").out);
    CHECK(info["registered"] == 75);
    CHECK(info["unregistered"] == 13);
    CHECK(info["curated_pairs"].get<int>() >= 9);
    CHECK(info["languages"]["en"] == 1.0);
    for (const char* name : {"terms", "exchanges", "symptom_paths"}) CHECK(info.contains(name));
}

TEST_CASE("the French comparison sheet fits on two pages and gives its words back") {
    if (!has_program("pdftotext") || !has_program("pdfinfo")) {
        MESSAGE("skipped: pdftotext and pdfinfo are not installed");
        return;
    }
    TemporaryFolder folder;
    for (const char* paper : {"a4", "letter"}) {
        const std::string file = (folder.path() / (std::string(paper) + ".pdf")).string();
        REQUIRE(program("compare 300 607 --lang fr --monochrome --paper " + std::string(paper) + " -o " + file).code ==
                0);
        const std::string info = run("pdfinfo " + file).out;
        CAPTURE(info);
        CHECK((info.find("Pages:           1") != std::string::npos ||
               info.find("Pages:           2") != std::string::npos));
        const std::string words = run("pdftotext -raw " + file + " - | tr '\\n' ' '").out;
        for (const char* wanted : {"300", "607", "Multiple Choices", "Unwanted", "Causes typiques", "Différences clés",
                                   "Quand employer l’un ou l’autre", "Les distinguer dans une trace"})
            CHECK_MESSAGE(words.find(wanted) != std::string::npos, wanted);
        if (has_program("qpdf")) CHECK(run("qpdf --check " + file).code == 0);
    }
}

TEST_CASE("a replay leaves as a capture that tshark reads without complaint") {
    if (!has_program("tshark")) {
        MESSAGE("skipped: tshark is not installed");
        return;
    }
    TemporaryFolder folder;
    const std::string file = (folder.path() / "607.pcap").string();
    REQUIRE(program("replay 607 -o " + file).code == 0);
    const Ran codes = run("tshark -r " + file + " -Y sip.Status-Code -T fields -e sip.Status-Code");
    CHECK(codes.out.find("607") != std::string::npos);
    CHECK(run("tshark -r " + file + " -Y '_ws.malformed || _ws.expert.severity >= 6291456'").out == "");
}

TEST_CASE("replay shows what would be, beside what is") {
    const Ran ran =
        program("replay 486 --what-if 'bob answers 603 after 2s' --what-if 'lose 1st 603 proxy -> alice' --width 100");
    CHECK(ran.code == 0);
    for (const char* wanted : {"What if? 486", "Bob answers 603 Decline 2 s after the request arrives.",
                               "Alice gets 603 Decline in the end; before, it was 486 Busy Here.", "≠"})
        CHECK_MESSAGE(ran.out.find(wanted) != std::string::npos, wanted);
    CHECK(program("replay 486 --lang fr --what-if 'bob is off'").out.find("Bob est éteint et ne reçoit rien.") !=
          std::string::npos);

    const json both = json::parse(program("replay 486 --what-if 'bob answers 603 after 100ms' --format json").out);
    CHECK(both["changes"] == json({"Bob answers 603 Decline 0.1 s after the request arrives."}));
    const json& first = both["rungs"][both["first_difference"].get<std::size_t>()];
    CHECK(first["what"] == "replaced");
    CHECK(both["as_it_is"]["messages"][first["as_it_is"].get<std::size_t>()]["label"] == "486 Busy Here");
    CHECK(both["with_change"]["messages"][first["with_change"].get<std::size_t>()]["label"] == "603 Decline");
    for (const char* format : {"html", "md", "svg", "pdf", "pcap"})
        CHECK_MESSAGE(
            program("replay 486 --what-if 'bob is off' --format " + std::string(format) + " > /dev/null").code == 0,
            format);

    fails("replay 486 --what-if 'bbob answers 603'", 2, "Nobody here is called “bbob”; did you mean “bob”?");
    fails("replay 486 --what-if 'zzz answers 603'", 2,
          "Nobody here is called “zzz”; the parties are alice, proxy, bob.");
    fails("replay 486 --what-if 'bob answers 603 after tea'", 2,
          "“tea” is not a duration; write it as 200ms, 2s or 3m.");
    fails("replay 486 --what-if 'lose everything'", 2,
          "“everything” names no message; write it like “INVITE alice -> proxy”, “200 to INVITE” or “2nd ACK to 2xx”.");
    fails("replay 486 --what-if \"alice's pasword is x\"", 2,
          "alice has no setting “pasword”; did you mean “password”?");
    fails("replay 486 --what-if 'bob is off' --what-if 'alice answers 486'", 2,
          "alice only makes calls; one of these can answer: proxy, bob.");
}

TEST_CASE("forks tells which response the caller gets, and why") {
    const Ran ran = program("forks 486@3s 603@5s 200@8s --width 100");
    CHECK(ran.code == 0);
    CHECK(ran.out.find("Alice gets 603 Decline at 5.090 s.") != std::string::npos);
    CHECK(ran.out.find("a 6xx takes precedence over every other response") != std::string::npos);
    CHECK(json::parse(program("forks 486@3s 200@1s --format json").out)["title"] == "Fork lab: 486@3s 200@1s");
    fails("forks 486@3s", 2, "A fork lab takes two to five phones; 1 was given.");
    fails("forks 486@3s 200@1s 180 180 off 600@2s", 2, "A fork lab takes two to five phones; 6 were given.");
    fails("forks 486@3s soon", 2,
          "“soon” is not a phone; write a code from 200 to 699 and a time of at most 3 minutes, such as 486@3s, or 180 "
          "for one that only rings, or off.");
    CHECK(program("forks").code == 2);
}

TEST_CASE("export writes every document of a kind") {
    TemporaryFolder folder;
    const auto out = folder.path() / "sheets";
    const Ran ran = program("export --what pairs --format html -o " + out.string());
    CHECK(ran.code == 0);
    CHECK(std::filesystem::exists(out / "300-vs-607.html"));
    CHECK(program("export --what pairs --format html").code == 2);
    CHECK(program("export --what pairs -o " + out.string()).code == 2);
    CHECK(program("export --what pairs --format html -o /proc/nowhere").code == 1);
}

TEST_CASE("the catalog's own check passes") { CHECK(program("catalog check").code == 0); }

TEST_CASE("what is not a code but has a page is shown by its name") {
    CHECK(program("show Retry-After").out.find("Retry-After") == 0);
    CHECK(program("show INVITE --lang fr").out.find("méthode") != std::string::npos);
    CHECK(program("show 'timer B'").out.find("64*T1") != std::string::npos);
    CHECK(program("show early-dialog").code == 0);
    CHECK(program("show no-such-thing").code == 1);
}

TEST_CASE("what is pasted comes back for scripts: codes, evidence by line, who speaks") {
    TemporaryFolder folder;
    const auto file = folder.write(
        "log.txt",
        "recv 400 bytes from udp/[192.0.2.7]:5060:\nSIP/2.0 503 Service Unavailable\nCSeq: 2 INVITE\n"
        "Reason: Q.850;cause=41;text=\"NORMAL_TEMPORARY_FAILURE\"\n\nSIP/2.0 180 Ringing\nCSeq: 2 INVITE\n");
    const json shown = json::parse(program("show - --format json < " + file.string()).out);
    CHECK(shown["codes"] == json({503, 180}));
    CHECK(shown["evidence"] ==
          json::parse(R"([{"line": 2, "kind": "response", "code": 503, "text": "Service Unavailable"},
        {"line": 4, "kind": "reason", "protocol": "Q.850", "text": "Q.850;cause=41;text=\"NORMAL_TEMPORARY_FAILURE\""},
        {"line": 6, "kind": "response", "code": 180, "text": "Ringing"}])"));
    CHECK(shown["speaker"]["id"] == "freeswitch");
    CHECK(shown["speaker"]["certainty"] == "likely");
    CHECK(!shown["speaker"]["why"].get<std::string>().empty());
    const auto plain = folder.write("plain.txt", "SIP/2.0 486 Busy Here\n");
    CHECK(json::parse(program("show - --format json < " + plain.string()).out)["speaker"] == nullptr);
}

TEST_CASE("an exchange is replayed by the name that show and search print, and by its title") {
    CHECK(program("show 481 --width 200").out.find("sipdex replay 481-after-restart") != std::string::npos);
    CHECK(program("search 'restarted in the middle of a call'").out.find("sipdex replay 481-after-restart") !=
          std::string::npos);
    CHECK(program("replay '481: Bob’s phone has restarted in the middle of a call'").code == 0);
    CHECK(program("replay 200-ack-lost --width 300").out.find("32 seconds after it was answered") != std::string::npos);
}

TEST_CASE("a ticket gets the answer, the checks and the sentence for the customer, in the customer's language") {
    const std::string note = program("show 486 --ticket --lang fr --width 400").out;
    for (const char* const kept : {"486 Busy Here", "Réessayer", "À dire au client", "Que faire", "À recueillir"})
        CHECK_MESSAGE(note.find(kept) != std::string::npos, kept);
    for (const char* const left : {"Signification", "Caractéristiques", "Sources", "Émis par"})
        CHECK_MESSAGE(note.find(left) == std::string::npos, left);
    const std::string markdown = program("show 486 --ticket --format md").out;
    CHECK(markdown.find("# 486 Busy Here") != std::string::npos);
    CHECK(markdown.size() < program("show 486 --format md").out.size() / 2);
}

TEST_CASE("an address opens what it names, and what is no address is told so") {
    const Ran pair = program("'sipdex://compare/486/600?lang=fr'");
    CHECK(pair.code == 0);
    CHECK(pair.out.find("486 Busy Here et 600 Busy Everywhere") != std::string::npos);
    CHECK(program("sipdex://response/607").out.find("607 Unwanted") != std::string::npos);
    fails("sipdex://nowhere/1", 1,
          "sipdex://nowhere/1 is no address of Sipdex. One looks like this: sipdex://compare/300/607");
    CHECK(program("sipdex://response/999").code == 1);
}

TEST_CASE("a site is exported into a folder, over an older one, never over what is somebody else's") {
    const TemporaryFolder folder;
    const std::string site = (folder.path() / "site").string();
    const Ran made = program("export --what site --base https://example.org/sip -o " + site);
    CHECK(made.err == "");
    CHECK(made.code == 0);
    CHECK(made.out.starts_with("The site is in " + site + ": 2,"));
    CHECK(content_of(folder.path() / "site/robots.txt").find("Sitemap: https://example.org/sip/sitemap.xml") !=
          std::string::npos);
    CHECK(content_of(folder.path() / "site/fr/response/607/index.html").find("<html lang=\"fr\"") != std::string::npos);
    const Ran again = program("export --what site --lang fr -o " + site);
    CHECK(again.out.starts_with("Le site se trouve dans " + site));
    CHECK(!std::filesystem::exists(folder.path() / "site/robots.txt"));

    folder.write("thesis.txt", "years of work");
    fails("export --what site -o " + folder.path().string(), 1,
          folder.path().string() +
              " already holds other files, such as site, and no exported site. Choose an empty folder, or "
              "one that holds an older export of the site.");
    folder.write("site/sitemap.xml", "mine");
    fails("export --what site --base https://example.org/ -o " + site, 1,
          site + "/sitemap.xml is in the way: no export of the site has made it. Move it, or choose another folder.");
    fails("export --what site -o " + (folder.path() / "thesis.txt" / "site").string(), 1,
          (folder.path() / "thesis.txt" / "site").string() +
              " cannot be written: its folder does not exist. Create the folder, or choose another place.");
    fails("export --what site --base ftp://example.org/ -o x", 2,
          "“ftp://example.org/” is not the address of a site. Give one as in: --base https://example.org/sip/");
    fails("export --what site", 2, "Name the folder to write to with -o.");
}

TEST_CASE("a redacted capture is written beside the one it is of, with or without the key to it") {
    const TemporaryFolder folder;
    const std::string call = (folder.path() / "call.pcap").string(),
                      shared = (folder.path() / "shared.pcapng").string(), key = (folder.path() / "key.tsv").string();
    REQUIRE(program("replay 486-busy --format pcap -o " + call).code == 0);
    const Ran ran = program("redact " + call + " -o " + shared + " --key " + key);
    CHECK(ran.code == 0);
    CHECK(ran.out == "");
    CHECK(ran.err.starts_with("sipdex: " + shared + " holds "));
    CHECK(ran.err.find(" messages and no media packets. Replaced: ") != std::string::npos);
    const std::string octets = content_of(shared);
    CHECK(octets.starts_with("\x0a\x0d\x0d\x0a"));
    CHECK(octets.find("486 Busy Here") != std::string::npos);
    for (const char* const gone : {"alice", "example.com", "example.net"})
        CHECK(octets.find(gone) == std::string::npos);
    CHECK(content_of(key).starts_with("kind\toriginal\tpseudonym\n"));
    CHECK(content_of(key).find("name\talice\t") != std::string::npos);
    CHECK((std::filesystem::status(key).permissions() & std::filesystem::perms::others_read) ==
          std::filesystem::perms::none);
    // From standard input, and in French.
    const Ran piped = program("redact - -o " + shared + " --lang fr < " + call);
    CHECK(piped.code == 0);
    CHECK(piped.err.find(" et aucun paquet média. Remplacés\u00a0: ") != std::string::npos);
    // What cannot be done leaves what stands there.
    const std::string before = content_of(shared);
    const auto nothing = folder.write("nothing.txt", "no message here\n").string();
    fails("redact " + nothing + " -o " + shared, 1,
          nothing + " holds no SIP message that can be read, so nothing was written.");
    fails("redact " + call + " -o " + shared + " --key " + call, 2,
          call + " is read as well, so nothing was written. Name another file to write.");
    fails("redact /nowhere/at/all.pcap -o " + shared, 1,
          "/nowhere/at/all.pcap cannot be read: No such file or directory. Check its name and its permissions.");
    CHECK(content_of(shared) == before);
}
