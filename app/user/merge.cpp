#include "user/merge.h"

#include <algorithm>
#include <cstdio>
#include <set>

#include "user/team_file.h"

namespace sipdex::user {

namespace {

// Older versions than these are not told from strangers; then both texts are kept, which loses nothing.
constexpr std::size_t most_followed = 100;

// FNV-1a: it has to tell a handful of versions apart, not to withstand anybody.
std::uint64_t hash_of(std::string_view text, std::uint64_t hash = 0xcbf29ce484222325) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

std::string hexadecimal(std::uint64_t number) {
    char digits[17];
    std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(number));
    return digits;
}

bool follows(const Entry& entry, const std::string& version) {
    return std::ranges::binary_search(entry.follows, version);
}

void add_followed(Entry& entry, const std::vector<std::string>& versions) {
    std::set<std::string> all(entry.follows.begin(), entry.follows.end());
    all.insert(versions.begin(), versions.end());
    while (all.size() > most_followed) all.erase(all.begin());
    entry.follows.assign(all.begin(), all.end());
}

// `stays` takes the place of the other, whose history becomes its own.
Entry replacing(Entry stays, const Entry& other, const std::string& other_version) {
    const std::string own = version_of(stays);
    std::vector<std::string> history = other.follows;
    history.push_back(other_version);
    std::erase(history, own);
    add_followed(stays, history);
    return stays;
}

}  // namespace

std::string version_of(const Entry& entry) {
    Entry bare = entry;
    bare.follows.clear();
    return hexadecimal(static_cast<std::uint64_t>(bare.changed)).substr(4) +
           hexadecimal(hash_of(written(bare))).substr(4);
}

Merged merged(const Entry& one, const Entry& other) {
    const std::string version = version_of(one), other_version = version_of(other);
    const bool newer = std::pair(one.changed, version) >= std::pair(other.changed, other_version);
    const auto stays = [&](bool first) {
        return first ? replacing(one, other, other_version) : replacing(other, one, version);
    };
    const bool follows_other = follows(one, other_version), is_followed = follows(other, version);
    if (version == other_version || follows_other != is_followed) return {stays(!is_followed), {}};
    if (one.deleted != other.deleted && !follows_other) return {stays(other.deleted), {}};
    Merged result{stays(newer), {}};
    const Entry& older = newer ? other : one;
    if (older.deleted || one.is == other.is || std::holds_alternative<Favourite>(older.is) || follows_other)
        return result;
    result.beside = older;
    const std::string& older_version = newer ? other_version : version;
    result.beside->id = hexadecimal(hash_of(older.id + older_version)) + hexadecimal(hash_of(older_version + older.id));
    result.beside->beside = older.id;
    result.beside->follows.clear();
    return result;
}

std::string id_of_favourite(std::string_view page) {
    const std::string name = "favourite " + std::string(page);
    return hexadecimal(hash_of(name)) + hexadecimal(hash_of(name + ' ' + name));
}

Entry successor(const Entry& before, std::variant<Favourite, Note, Profile> now, const std::string& author,
                std::int64_t at) {
    Entry after = before;
    add_followed(after, {version_of(before)});
    after.is = std::move(now);
    after.deleted = false;
    after.author = author;
    after.changed = std::max(at, before.changed + 1);  // a clock that was set back must not undo the change
    return after;
}

Entry tombstone(const Entry& before, const std::string& author, std::int64_t at) {
    const auto nothing = [](const auto& content) -> std::variant<Favourite, Note, Profile> {
        return std::decay_t<decltype(content)>{};
    };
    Entry after = successor(before, std::visit(nothing, before.is), author, at);
    after.deleted = true;
    return after;
}

std::vector<Visit> merged(const std::vector<Visit>& one, const std::vector<Visit>& other) {
    std::vector<Visit> all = one;
    all.insert(all.end(), other.begin(), other.end());
    std::ranges::sort(all, [](const Visit& a, const Visit& b) {
        return std::pair(b.at, std::string_view(a.page)) < std::pair(a.at, std::string_view(b.page));
    });
    std::vector<Visit> recent;
    for (Visit& visit : all)
        if (recent.size() < most_recent && std::ranges::find(recent, visit.page, &Visit::page) == recent.end())
            recent.push_back(std::move(visit));
    return recent;
}

}  // namespace sipdex::user
