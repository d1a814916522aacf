// What the desktop is told about Sipdex: its entry in menus, its page in software centres.
#include <doctest/doctest.h>

#include <regex>

#include "support/text.h"

using namespace sipdex::test;

namespace {

const std::string assets = std::string(SIPDEX_SOURCE_DIR) + "/assets/";

int count(const std::string& text, const std::regex& what) {
    return static_cast<int>(
        std::distance(std::sregex_iterator(text.begin(), text.end(), what), std::sregex_iterator()));
}

}  // namespace

TEST_CASE("the desktop entry is valid, and every text of it is French as well") {
    const std::string entry = content_of(assets + "sipdex.desktop");
    CHECK(entry.find("\nMimeType=x-scheme-handler/sipdex;application/vnd.tcpdump.pcap;application/x-pcapng;\n") !=
          std::string::npos);
    for (const char* key : {"GenericName", "Comment", "Keywords"}) {
        CHECK_MESSAGE(entry.find(std::string("\n") + key + "=") != std::string::npos, key);
        CHECK_MESSAGE(entry.find(std::string("\n") + key + "[fr]=") != std::string::npos, key);
    }
    // The name of the program is the same in every language, those of its actions are not.
    CHECK(count(entry, std::regex("\nName=")) == 1 + count(entry, std::regex("\nName\\[fr\\]=")));
    CHECK(count(entry, std::regex("\n\\[Desktop Action ")) == count(entry, std::regex("\nName\\[fr\\]=")));
    if (!has_program("desktop-file-validate")) {
        MESSAGE("skipped: desktop-file-validate is not installed");
        return;
    }
    const Ran ran = run("desktop-file-validate " + assets + "sipdex.desktop");
    CHECK(ran.code == 0);
    CHECK(ran.out + ran.err == "");
}

TEST_CASE("the metadata for software centres is valid, French as well, and of this version") {
    const std::string file = assets + "org.sipdex.sipdex.metainfo.xml", metainfo = content_of(file);
    CHECK(count(metainfo, std::regex("<(summary|developer_name|p|li)>")) ==
          count(metainfo, std::regex("<(summary|developer_name|p|li) xml:lang=\"fr\">")));
    std::smatch version;
    const std::string project = content_of(std::string(SIPDEX_SOURCE_DIR) + "/CMakeLists.txt");
    REQUIRE(std::regex_search(project, version, std::regex("project\\(sipdex VERSION ([0-9.]+)")));
    CHECK(metainfo.find("<release version=\"" + version[1].str() + "\"") != std::string::npos);
    if (!has_program("appstreamcli")) {
        MESSAGE("skipped: appstreamcli is not installed");
        return;
    }
    const Ran ran = run("appstreamcli validate --no-net --pedantic --no-color " + file);
    CHECK_MESSAGE(ran.code == 0, ran.out);
}
