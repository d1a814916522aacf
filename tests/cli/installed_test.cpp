// The program where `cmake --install` puts it, with what it loads only when that is needed.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "support/text.h"

using namespace sipdex::test;

namespace {

namespace fs = std::filesystem;

const std::string quietly = "env -u DISPLAY -u WAYLAND_DISPLAY LC_ALL=C.UTF-8 XDG_DATA_HOME=/nowhere ";

fs::path found_below(const fs::path& folder, const std::string& name) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
        if (entry.path().filename() == name) return entry.path();
    return {};
}

}  // namespace

TEST_CASE("what writes PDF files is not loaded with the program") {
    const std::string loaded = run("LD_TRACE_LOADED_OBJECTS=1 " + std::string(SIPDEX_PROGRAM)).out;
    if (loaded.find("libc.so") == std::string::npos) {
        std::cout << "skipped: this system does not tell what a program loads\n";
        return;
    }
    CHECK(loaded.find("libpango") != std::string::npos);
    CHECK(loaded.find("libqpdf") == std::string::npos);
    CHECK(loaded.find("libgnutls") == std::string::npos);
}

TEST_CASE("an installed Sipdex writes a PDF wherever its prefix was put, and says what is missing without its module") {
    const TemporaryFolder folder;
    const fs::path prefix = folder.path() / "first", moved = folder.path() / "moved", sheet = folder.path() / "486.pdf";
    const Ran installed = run("cmake --install '" SIPDEX_BINARY_DIR "' --prefix '" + prefix.string() + "'");
    REQUIRE_MESSAGE(installed.code == 0, installed.out, installed.err);
    fs::rename(prefix, moved);
    const std::string show = quietly + "'" + (moved / "bin/sipdex").string() + "' show 486 -o '" + sheet.string() + "'";
    const Ran whole = run(show);
    CHECK(whole.err == "");
    REQUIRE(whole.code == 0);
    CHECK(content_of(sheet).starts_with("%PDF"));

    const fs::path module = found_below(moved, "sipdex-pdf.so");
    REQUIRE(!module.empty());
    fs::remove(module);
    fs::remove(sheet);
    const Ran part = run(show);
    CHECK(part.code != 0);
    CHECK(part.err.find("install Sipdex anew: sipdex-pdf.so") != std::string::npos);
    CHECK(part.err.find('\n') == part.err.size() - 1);
    CHECK_FALSE(fs::exists(sheet));
}
