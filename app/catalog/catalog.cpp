#include "catalog/catalog.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "catalog/database.h"
#include "catalog/seal.h"

namespace sipdex::catalog {

namespace {

using Why = CatalogError::Why;

std::vector<std::string> split(const std::string& joined) {
    std::vector<std::string> parts;
    std::istringstream in(joined);
    for (std::string part; std::getline(in, part);) parts.push_back(part);
    return parts;
}

// Looks at the file's header before it is opened, so that each way of being wrong gets its own sentence.
void check_header(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) throw CatalogError(Why::missing, file, "no such file");
    // A pipe would be waited for, a device read for ever.
    if (!std::filesystem::is_regular_file(file, error)) throw CatalogError(Why::foreign, file, "no regular file");
    std::ifstream in(file, std::ios::binary);
    if (!in) throw CatalogError(Why::unreadable, file, "cannot be opened");
    static constexpr std::string_view magic{"SQLite format 3\0", 16};
    std::array<char, magic.size()> begins{};
    in.read(begins.data(), begins.size());
    const auto got = static_cast<std::size_t>(in.gcount());
    if (std::string_view(begins.data(), got) != magic.substr(0, got))
        throw CatalogError(Why::foreign, file, "not an SQLite file");
    constexpr std::uintmax_t size_of_header = 100;  // SQLite file format, section 1.3
    if (std::filesystem::file_size(file, error) < size_of_header)
        throw CatalogError(Why::truncated, file, "no whole header");
    const SQLite::Header header = SQLite::Database::getHeaderInfo(file.string());
    if (header.applicationId != 0x53495044) throw CatalogError(Why::foreign, file, "not made by Sipdex");
    const auto version = static_cast<int>(header.userVersion);
    if (version > layout) throw CatalogError(Why::newer, file, "layout " + std::to_string(version));
    if (version < layout) throw CatalogError(Why::older, file, "layout " + std::to_string(version));
    if (std::filesystem::file_size(file, error) < std::uintmax_t{header.pageSizeBytes} * header.databaseSizePages)
        throw CatalogError(Why::truncated, file, "shorter than its header says");
}

SQLite::Database opened(const std::filesystem::path& file) {
    check_header(file);
    std::string uri = "file:";
    for (const char c : std::filesystem::absolute(file).string()) {
        if (c == '%' || c == '?' || c == '#') {
            static constexpr char digits[] = "0123456789abcdef";
            uri += {'%', digits[static_cast<unsigned char>(c) >> 4], digits[static_cast<unsigned char>(c) & 15]};
        } else {
            uri += c;
        }
    }
    // Everything runs on one thread: no lock for each column that is read.
    return SQLite::Database(uri + "?immutable=1", SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX | SQLite::OPEN_URI);
}

}  // namespace

CatalogError::CatalogError(Why reason, std::filesystem::path file, const std::string& detail)
    : std::runtime_error(file.string() + ": " + detail), why(reason), path(std::move(file)) {}

Catalog::Catalog(const std::filesystem::path& file) {
    try {
        impl_ = std::make_unique<Impl>(Impl{file, opened(file)});
    } catch (const SQLite::Exception& problem) {
        throw CatalogError(Why::damaged, file, first_line(problem.what()));
    }
}
Catalog::~Catalog() = default;
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog& Catalog::operator=(Catalog&&) noexcept = default;

const std::filesystem::path& Catalog::path() const { return impl_->path; }

bool Catalog::as_it_was_made() const { return seal_holds(impl_->path); }

Info Catalog::info() const {
    Info info;
    each_row(*impl_, "SELECT value FROM property WHERE name = 'version'", {},
             [&](auto& row) { info.version = text(row, 0); });
    each_row(*impl_, R"(SELECT (SELECT count(*) FROM response WHERE status = 'registered'),
                               (SELECT count(*) FROM response WHERE status <> 'registered'),
                               (SELECT count(*) FROM pair), (SELECT count(*) FROM term), (SELECT count(*) FROM exchange WHERE id <> 'common'))",
             {}, [&](auto& row) {
                 info.registered = number(row, 0);
                 info.unregistered = number(row, 1);
                 info.curated_pairs = number(row, 2);
                 info.terms = number(row, 3);
                 info.exchanges = number(row, 4);
             });
    each_row(
        *impl_,
        "SELECT (SELECT count(*) FROM path), (SELECT count(*) FROM grouped), (SELECT count(*) FROM vocabulary_entry)",
        {}, [&](auto& row) {
            info.symptom_paths = number(row, 0);
            info.groups = number(row, 1);
            info.entries = number(row, 2);
        });
    std::map<std::string, std::pair<int, int>> sums;
    for (const Coverage& line : coverage()) {
        sums[line.language].first += line.present;
        sums[line.language].second += line.of;
    }
    for (const auto& [tag, sum] : sums) info.languages[tag] = sum.second ? double(sum.first) / sum.second : 1.0;
    return info;
}

std::vector<std::string> Catalog::languages() const {
    std::vector<std::string> tags;
    each_row(*impl_, "SELECT tag FROM language ORDER BY position", {},
             [&](auto& row) { tags.push_back(text(row, 0)); });
    return tags;
}

std::vector<Coverage> Catalog::coverage() const {
    std::vector<Coverage> lines;
    each_row(*impl_, "SELECT language, kind, present, outdated, total FROM coverage", {}, [&](auto& row) {
        lines.push_back({text(row, 0), text(row, 1), number(row, 2), number(row, 3), number(row, 4)});
    });
    return lines;
}

std::vector<ListedResponse> Catalog::responses(std::string_view language) const {
    if (const auto known = impl_->responses.find(language); known != impl_->responses.end()) return known->second;
    std::vector<ListedResponse> list;
    each_row(*impl_, R"(SELECT id, code, phrase, status,
                coalesce((SELECT markup FROM passage WHERE subject = 'response/' || id AND language = ? AND key = 'gloss'),
                         (SELECT markup FROM passage WHERE subject = 'response/' || id AND language = 'en' AND key = 'gloss'), ''),
                EXISTS (SELECT 1 FROM passage WHERE subject = 'response/' || id AND language = 'en' AND key = 'summary')
                FROM response ORDER BY code, id)",
             {std::string(language)}, [&](auto& row) {
                 list.push_back(
                     {text(row, 0), number(row, 1), text(row, 2), text(row, 4), text(row, 3), number(row, 5) != 0});
             });
    return impl_->responses.emplace(language, std::move(list)).first->second;
}

std::optional<std::string> Catalog::title_of_response(std::string_view id) const {
    std::optional<std::string> title;
    each_row(*impl_, "SELECT code || ' ' || phrase FROM response WHERE id = ?", {std::string(id)},
             [&](auto& row) { title = text(row, 0); });
    return title;
}

std::optional<Response> Catalog::response(std::string_view id) const {
    std::optional<Response> found;
    each_row(*impl_,
             R"(SELECT id, code, phrase, status, defined_in, methods_source, dialog, dialog_source, retry, retry_source,
                        proxy, proxy_source, failover, failover_source FROM response WHERE id = ?)",
             {std::string(id)}, [&](auto& row) {
                 Response r;
                 r.id = text(row, 0);
                 r.code = number(row, 1);
                 r.phrase = text(row, 2);
                 r.status = text(row, 3);
                 r.defined_in = text(row, 4);
                 r.methods.source = text(row, 5);
                 r.dialog = {text(row, 6), text(row, 7)};
                 r.retry = {text(row, 8), text(row, 9)};
                 r.proxy = {text(row, 10), text(row, 11)};
                 r.failover = {text(row, 12), text(row, 13)};
                 found = std::move(r);
             });
    if (!found) return found;
    each_row(*impl_,
             "SELECT list, name, detail, flag, source, condition FROM entry WHERE response = ? ORDER BY position",
             {std::string(id)}, [&](auto& row) {
                 const std::string list = text(row, 0), name = text(row, 1), detail = text(row, 2),
                                   source = text(row, 4), condition = text(row, 5);
                 const int flag = number(row, 3);
                 if (list == "generated_by") found->generated_by.push_back({name, source});
                 if (list == "method") found->methods.of.push_back(name);
                 if (list == "not_method") found->methods.except.push_back(name);
                 if (list == "header") found->headers.push_back({name, detail, condition, source});
                 if (list == "related") found->related.push_back(name);
                 if (list == "source") found->sources.push_back(name);
                 if (list == "cause") found->causes.push_back({name, detail});
                 if (list == "step") found->steps.push_back({name, detail});
                 if (list == "from_q850") found->from_q850.push_back({flag, name, condition, source});
                 if (list == "to_q850") found->to_q850.push_back({flag, name, condition, source});
             });
    return found;
}

std::optional<Pair> Catalog::pair(std::string_view one, std::string_view other) const {
    std::optional<Pair> found;
    if (one > other) std::swap(one, other);
    each_row(*impl_, "SELECT one, other, sources FROM pair WHERE one = ? AND other = ?",
             {std::string(one), std::string(other)}, [&](auto& row) {
                 found = Pair{{text(row, 0), text(row, 1)}, split(text(row, 2))};
             });
    return found;
}

std::vector<Pair> Catalog::pairs_with(std::string_view id) const {
    std::vector<Pair> found;
    each_row(*impl_, "SELECT one, other, sources FROM pair WHERE one = ?1 OR other = ?1 ORDER BY one, other",
             {std::string(id)}, [&](auto& row) {
                 found.push_back(Pair{{text(row, 0), text(row, 1)}, split(text(row, 2))});
             });
    return found;
}

std::optional<Term> Catalog::term(std::string_view id) const {
    std::optional<Term> found;
    each_row(*impl_, "SELECT id, source, see FROM term WHERE id = ?", {std::string(id)}, [&](auto& row) {
        found = Term{text(row, 0), text(row, 1), split(text(row, 2))};
    });
    return found;
}

std::vector<std::string> Catalog::terms() const {
    std::vector<std::string> ids;
    each_row(*impl_, "SELECT id FROM term ORDER BY id", {}, [&](auto& row) { ids.push_back(text(row, 0)); });
    return ids;
}

std::optional<Group> Catalog::group(std::string_view id) const {
    std::optional<Group> found;
    each_row(*impl_, "SELECT id, responses, sources FROM grouped WHERE id = ?", {std::string(id)}, [&](auto& row) {
        found = Group{text(row, 0), split(text(row, 1)), split(text(row, 2))};
    });
    return found;
}

std::vector<std::string> Catalog::groups() const {
    std::vector<std::string> ids;
    each_row(*impl_, "SELECT id FROM grouped ORDER BY id", {}, [&](auto& row) { ids.push_back(text(row, 0)); });
    return ids;
}

std::vector<std::string> Catalog::groups_with(std::string_view response) const {
    std::vector<std::string> ids;
    each_row(*impl_,
             "SELECT id FROM grouped WHERE char(10) || responses || char(10) LIKE '%' || char(10) || ? || char(10) || "
             "'%' ORDER BY id",
             {std::string(response)}, [&](auto& row) { ids.push_back(text(row, 0)); });
    return ids;
}

std::optional<SymptomPath> Catalog::path(std::string_view id) const {
    std::optional<SymptomPath> found;
    each_row(*impl_, "SELECT id, experience, sources FROM path WHERE id = ?", {std::string(id)}, [&](auto& row) {
        found = SymptomPath{text(row, 0), text(row, 1), {}, {}, split(text(row, 2))};
    });
    if (!found) return found;
    each_row(*impl_, "SELECT question, answer, leads_to FROM path_answer WHERE path = ? ORDER BY position",
             {std::string(id)}, [&](auto& row) {
                 if (found->questions.empty() || found->questions.back().id != text(row, 0))
                     found->questions.push_back({text(row, 0), {}});
                 found->questions.back().answers.push_back({text(row, 1), text(row, 2)});
             });
    each_row(*impl_, "SELECT outcome, responses, look_at FROM path_outcome WHERE path = ? ORDER BY position",
             {std::string(id)}, [&](auto& row) {
                 found->outcomes.push_back({text(row, 0), split(text(row, 1)), split(text(row, 2))});
             });
    return found;
}

std::vector<std::string> Catalog::paths() const {
    std::vector<std::string> ids;
    each_row(*impl_, "SELECT id FROM path ORDER BY id", {}, [&](auto& row) { ids.push_back(text(row, 0)); });
    return ids;
}

std::vector<std::string> Catalog::paths_of(std::string_view experience) const {
    std::vector<std::string> ids;
    each_row(*impl_, "SELECT id FROM path WHERE experience = ? ORDER BY id", {std::string(experience)},
             [&](auto& row) { ids.push_back(text(row, 0)); });
    return ids;
}

const std::vector<Situation>& Catalog::situations() const {
    auto& kept = impl_->situations;
    if (!kept.empty()) return kept;
    each_row(*impl_, "SELECT id, who, retry, fault FROM situation ORDER BY id", {}, [&](auto& row) {
        kept.push_back({text(row, 0), text(row, 1), text(row, 2), text(row, 3), {}});
    });
    each_row(*impl_, "SELECT situation, method, codes FROM situation_case ORDER BY situation, position", {},
             [&](auto& row) {
                 for (Situation& one : kept)
                     if (one.id == text(row, 0)) one.cases.push_back({text(row, 1), split(text(row, 2))});
             });
    return kept;
}

const Situation* Catalog::situation(std::string_view id) const {
    for (const Situation& one : situations())
        if (one.id == id) return &one;
    return nullptr;
}

const std::vector<Speaker>& Catalog::speakers() const {
    auto& kept = impl_->speakers;
    if (!kept.empty()) return kept;
    std::map<std::string, std::size_t> places;
    each_row(*impl_, "SELECT id, name, kind, runs_on, sources FROM speaker ORDER BY name COLLATE NOCASE", {},
             [&](auto& row) {
                 places[text(row, 0)] = kept.size();
                 kept.push_back(
                     {text(row, 0), text(row, 1), text(row, 2), text(row, 3), {}, {}, {}, {}, {}, split(text(row, 4))});
             });
    const auto of = [&](auto& row) -> Speaker& { return kept[places.at(text(row, 0))]; };
    each_row(
        *impl_,
        "SELECT speaker, id, stands_in, name, pattern, certainty, source FROM speaker_sign ORDER BY speaker, position",
        {}, [&](auto& row) {
            of(row).signs.push_back(
                {text(row, 1), text(row, 2), text(row, 3), text(row, 4), text(row, 5), text(row, 6)});
        });
    each_row(*impl_,
             "SELECT speaker, id, stands_in, name, pattern, codes, method, situation, cause, source FROM "
             "speaker_phrase ORDER BY speaker, position",
             {}, [&](auto& row) {
                 of(row).phrases.push_back({text(row, 1), text(row, 2), text(row, 3), text(row, 4), split(text(row, 5)),
                                            text(row, 6), text(row, 7), number(row, 8), text(row, 9)});
             });
    each_row(*impl_,
             "SELECT speaker, direction, cause, response, source FROM speaker_mapping ORDER BY speaker, position", {},
             [&](auto& row) {
                 (text(row, 1) == "from_q850" ? of(row).from_q850 : of(row).to_q850)
                     .push_back({number(row, 2), text(row, 3), text(row, 4)});
             });
    each_row(*impl_, "SELECT speaker, does, responses, source FROM speaker_failover ORDER BY speaker, position", {},
             [&](auto& row) {
                 of(row).failover.push_back({text(row, 1), split(text(row, 2)), text(row, 3)});
             });
    return kept;
}

const std::vector<FindingRule>& Catalog::finding_rules() const {
    auto& kept = impl_->finding_rules;
    if (!kept.empty()) return kept;
    each_row(
        *impl_,
        "SELECT id, family, severity, who, source, practice, arguments, withdrawn_by, thresholds FROM finding_rule "
        "ORDER BY position",
        {}, [&](auto& row) {
            FindingRule rule{text(row, 0),        text(row, 1),        text(row, 2),
                             text(row, 3),        text(row, 4),        number(row, 5) != 0,
                             split(text(row, 6)), split(text(row, 7)), {}};
            for (const std::string& line : split(text(row, 8))) {
                const std::size_t tab = line.find('\t');
                rule.thresholds.push_back({line.substr(0, tab), std::stol(line.substr(tab + 1))});
            }
            kept.push_back(std::move(rule));
        });
    return kept;
}

const Speaker* Catalog::speaker(std::string_view id) const {
    for (const Speaker& one : speakers())
        if (one.id == id) return &one;
    return nullptr;
}

std::optional<Entry> Catalog::entry(std::string_view kind, std::string_view name) const {
    std::optional<Entry> found;
    each_row(*impl_,
             "SELECT kind, name, title, source, facts, responses FROM vocabulary_entry WHERE kind = ? AND name = ? "
             "COLLATE NOCASE",
             {std::string(kind), std::string(name)}, [&](auto& row) {
                 found = Entry{text(row, 0), text(row, 1), text(row, 2), text(row, 3), {}, split(text(row, 5))};
                 for (const std::string& line : split(text(row, 4)))
                     if (const std::size_t tab = line.find('\t'); tab != std::string::npos)
                         found->facts.push_back({line.substr(tab + 1), line.substr(0, tab)});
             });
    return found;
}

const std::vector<std::string>& Catalog::entries(std::string_view kind) const {
    const auto known = impl_->entries.find(kind);
    if (known != impl_->entries.end()) return known->second;
    std::vector<std::string>& names = impl_->entries[std::string(kind)];
    each_row(*impl_, "SELECT name FROM vocabulary_entry WHERE kind = ? ORDER BY position", {std::string(kind)},
             [&](auto& row) { names.push_back(text(row, 0)); });
    return names;
}

bool Catalog::has_entry(std::string_view kind, std::string_view name) const {
    const auto& names = entries(kind);
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<Exchange> Catalog::exchange(std::string_view id) const {
    std::optional<Exchange> found;
    each_row(*impl_, "SELECT id, script FROM exchange WHERE id = ?", {std::string(id)}, [&](auto& row) {
        found = Exchange{text(row, 0), {}, text(row, 1)};
    });
    if (found)
        each_row(*impl_, "SELECT response FROM shown WHERE exchange = ? ORDER BY position", {std::string(id)},
                 [&](auto& row) { found->shows.push_back(text(row, 0)); });
    return found;
}

std::vector<Exchange> Catalog::exchanges() const {
    std::vector<std::string> ids;
    each_row(*impl_, "SELECT id FROM exchange WHERE id <> 'common' ORDER BY id", {},
             [&](auto& row) { ids.push_back(text(row, 0)); });
    std::vector<Exchange> all;
    for (const std::string& id : ids) all.push_back(*exchange(id));
    return all;
}

std::vector<ListedExchange> Catalog::listed_exchanges(std::string_view language) const {
    std::vector<ListedExchange> list;
    each_row(
        *impl_,
        R"(SELECT id, coalesce((SELECT markup FROM passage WHERE subject = 'exchange/' || id AND language = ? AND key = 'title'),
                                            (SELECT markup FROM passage WHERE subject = 'exchange/' || id AND language = 'en' AND key = 'title'), '')
                        FROM exchange WHERE id <> 'common' ORDER BY id)",
        {std::string(language)}, [&](auto& row) {
            list.push_back({text(row, 0), text(row, 1), {}});
        });
    auto at = list.begin();
    each_row(
        *impl_,
        "SELECT exchange, code FROM shown JOIN response ON response.id = shown.response ORDER BY exchange, position",
        {}, [&](auto& row) {
            const std::string id = text(row, 0);
            while (at != list.end() && at->id < id) ++at;
            if (at != list.end() && at->id == id) at->codes.push_back(number(row, 1));
        });
    return list;
}

std::vector<std::string> Catalog::exchanges_showing(std::string_view response) const {
    std::vector<std::string> ids;
    each_row(*impl_, "SELECT exchange FROM shown WHERE response = ? ORDER BY position, exchange",
             {std::string(response)}, [&](auto& row) { ids.push_back(text(row, 0)); });
    return ids;
}

Prose Catalog::prose(std::string_view subject, std::string_view language) const {
    std::map<std::string, Passage, std::less<>> passages;
    std::vector<std::string> order;
    // English first: it fixes the order, the reader's language then replaces what it has.
    each_row(*impl_,
             R"(SELECT key, markup, language, outdated FROM passage WHERE subject = ?1 AND language IN ('en', ?2)
                        ORDER BY language <> 'en', position)",
             {std::string(subject), std::string(language)}, [&](auto& row) {
                 const std::string key = text(row, 0);
                 if (!passages.contains(key)) order.push_back(key);
                 passages[key] = {key.substr(key.rfind('.') + 1), text(row, 1), text(row, 2), number(row, 3) != 0};
             });
    return Prose(std::move(passages), std::move(order));
}

}  // namespace sipdex::catalog
