#include <doctest/doctest.h>

#include "site/folder.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::test;
namespace fs = std::filesystem;

namespace {

const site::Files old_site = {{"index.html", "old"}, {"en/index.html", "old"}, {"en/response/404/index.html", "old"}},
                  new_site = {{"index.html", "new"}, {"en/index.html", "new"}, {"en/response/486/index.html", "new"}};

site::Obstacle obstacle(const fs::path& folder, const site::Files& files) {
    try {
        site::write_folder(folder, files);
    } catch (const site::Obstacle& found) {
        return found;
    }
    FAIL("the folder was written");
    return {};
}

}  // namespace

TEST_CASE("a site goes into a folder that is not there yet, or empty") {
    const TemporaryFolder place;
    site::write_folder(place.path() / "deep" / "site", old_site);
    CHECK(content_of(place.path() / "deep/site/en/response/404/index.html") == "old");
    fs::create_directory(place.path() / "empty");
    site::write_folder(place.path() / "empty", old_site);
    CHECK(content_of(place.path() / "empty/index.html") == "old");
}

TEST_CASE("an export takes the place of its older one: pages that are gone go, what people put beside it stays") {
    const TemporaryFolder place;
    site::write_folder(place.path(), old_site);
    place.write("CNAME", "sip.example.org");
    fs::create_directories(place.path() / "en/response/own");
    place.write("en/response/own/notes.txt", "mine");
    site::write_folder(place.path(), new_site);
    CHECK(content_of(place.path() / "index.html") == "new");
    CHECK(content_of(place.path() / "en/response/486/index.html") == "new");
    CHECK(!fs::exists(place.path() / "en/response/404"));
    CHECK(content_of(place.path() / "CNAME") == "sip.example.org");
    CHECK(content_of(place.path() / "en/response/own/notes.txt") == "mine");
}

TEST_CASE("a folder with other files in it is left as it is") {
    const TemporaryFolder place;
    place.write("thesis.txt", "years of work");
    place.write("a.txt", "more");
    const site::Obstacle found = obstacle(place.path(), new_site);
    CHECK(found.why == site::Obstacle::Why::foreign_folder);
    CHECK(found.name == "a.txt");
    CHECK(std::distance(fs::directory_iterator(place.path()), fs::directory_iterator()) == 2);
    CHECK(content_of(place.path() / "thesis.txt") == "years of work");
}

TEST_CASE("a file that stands where a page is to be, and is nobody's export, stops it before anything is written") {
    const TemporaryFolder place;
    site::write_folder(place.path(), old_site);
    fs::create_directories(place.path() / "en/response/486");
    place.write("en/response/486/index.html", "mine");
    const site::Obstacle found = obstacle(place.path(), new_site);
    CHECK(found.why == site::Obstacle::Why::foreign_file);
    CHECK(found.path == place.path() / "en/response/486/index.html");
    CHECK(content_of(place.path() / "index.html") == "old");
    CHECK(content_of(place.path() / "en/response/486/index.html") == "mine");
}

TEST_CASE("an export that was broken off is known as one and finished by the next") {
    const TemporaryFolder place;
    site::write_folder(place.path(), old_site);
    fs::remove(place.path() / "en/index.html");
    site::write_folder(place.path(), new_site);
    CHECK(content_of(place.path() / "en/index.html") == "new");
}

TEST_CASE("a list of files that somebody has changed leads to no file outside, nor does a folder that became a link") {
    const TemporaryFolder place, outside;
    const fs::path precious = outside.write("precious.txt", "keep me");
    site::write_folder(place.path(), old_site);
    const std::string list = content_of(place.path() / site::list_of_files);
    place.write(site::list_of_files, list + precious.string() + "\n../" + outside.path().filename().string() +
                                         "/precious.txt\nen/link/precious.txt\nen/./x\n");
    fs::create_directory_symlink(outside.path(), place.path() / "en/link");
    site::write_folder(place.path(), new_site);
    CHECK(content_of(precious) == "keep me");

    fs::remove_all(place.path() / "en");
    fs::create_directory_symlink(outside.path(), place.path() / "en");
    CHECK(obstacle(place.path(), {{"en/new.html", "x"}}).why == site::Obstacle::Why::foreign_file);
    CHECK(!fs::exists(outside.path() / "new.html"));
}

TEST_CASE("a folder that cannot be written is named with the reason") {
    const TemporaryFolder place;
    const fs::path file = place.write("file", "x");
    const site::Obstacle found = obstacle(file / "site", new_site);
    CHECK(found.why == site::Obstacle::Why::unwritable);
    CHECK(found.error == std::errc::not_a_directory);
}
