#include "support/small_catalog.h"

#include <doctest/doctest.h>

#include "compile/compile.h"

namespace sipdex::test {

void lay_out(const TemporaryFolder& folder, Sources sources) {
    sources.try_emplace("VERSION", "2026.1\n");
    sources.try_emplace("i18n/en/messages.toml", "hello = \"Hello\"\n");
    for (const auto& [name, content] : sources) folder.write(name, picture(content));
}

Sources busy_sources() {
    const auto facts = [](const std::string& code, const std::string& phrase, const std::string& proxy,
                          const std::string& other) {
        return "code = " + code + "\nphrase = \"" + phrase + "\"\n" + R"(status = "registered"
defined_in = "RFC 3261 §21.4.24"
generated_by = [{ who = "uas", source = "RFC 3261 §21.4.24" }]
methods = { of = ["INVITE"], source = "RFC 3261 §21.4.24" }
dialog = { effect = "transaction", source = "RFC 5057 §5.1" }
retry = { rule = "same-request-after-delay", source = "RFC 3261 §21.4.24" }
proxy = { forwarding = ")" +
               proxy + R"(", source = "RFC 3261 §16.7" }
failover = { rule = "no", source = "RFC 3263 §4.3" }
headers = [{ name = "Retry-After", strength = "may", source = "RFC 3261 §21.4.24" }]
related = [)" + other +
               R"(]
sources = ["RFC 3261 §21.4.24"]
[[cause]]
id = "on-the-phone"
where = "person"
[[step]]
id = "wait"
who = "agent"
)";
    };
    const auto words = [](const std::string& gloss, const std::string& summary) {
        return "gloss = \"" + gloss + "\"\nsummary = \"" + summary + R"("
description = """
First sentence.
Second sentence with `Retry-After` and [600].

Second paragraph about a [[dialog]].
"""
produced = "The called phone."
notices = "A busy tone."
tell = "The line is busy."
escalate = "Never."
symptoms = ["busy tone", "rings twice"]
[cause]
on-the-phone = "They are talking."
[step]
wait = "Wait."
[header]
Retry-After = "A better time."
)";
    };
    return {
        {"data/responses/486.toml", facts("486", "Busy Here", "stored", "600")},
        {"data/responses/600.toml", facts("600", "Busy Everywhere", "stored-6xx", "486")},
        {"data/pairs/486-600.toml", "codes = [486, 600]\nsources = [\"RFC 3261 §21.6.1\"]\n"},
        {"data/terms.toml", "[dialog]\nsource = \"RFC 3261 §12\"\nsee = []\n"},
        {"i18n/en/responses/486.toml", words("Busy on this phone", "This phone is busy.")},
        {"i18n/en/responses/600.toml", words("Busy on every device", "Every device is busy.")},
        {"i18n/en/pairs/486-600.toml",
         "summary = \"One phone or all.\"\n[difference.reach]\naspect = \"Reach\"\n486 = \"One phone.\"\n600 = \"All "
         "phones.\"\n"
         "[trace]\nline = \"Look at the number.\"\n[when]\n486 = \"One is busy.\"\n600 = \"All are busy.\"\n"},
        {"i18n/en/terms.toml", "[dialog]\nname = \"dialog\"\ntext = \"A relation of two user agents.\"\n"},
        {"i18n/fr/responses/486.toml",
         "gloss = \"Occupé sur ce téléphone\"\nsummary = \"Ce téléphone est occupé.\"\nsymptoms = [\"tonalité "
         "d’occupation\"]\n"},
    };
}

std::string problems_in(const Sources& sources) {
    TemporaryFolder folder;
    lay_out(folder, sources);
    source::Problems problems;
    compile::read(folder.path(), problems);
    return problems.printed();
}

SmallCatalog::SmallCatalog(const Sources& sources) {
    lay_out(folder_, sources);
    source::Problems problems;
    const compile::Model model = compile::read(folder_.path(), problems);
    REQUIRE_MESSAGE(problems.empty(), problems.printed());
    compile::write(model, std::filesystem::path(SIPDEX_SOURCE_DIR) / "data/schema.sql", file());
    catalog_ = std::make_unique<catalog::Catalog>(file());
}

}  // namespace sipdex::test
