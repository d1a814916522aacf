#include "page/fact_words.h"
#include "page/pages.h"

namespace sipdex::page {

namespace {

using document::FactTable;
using document::Text;

class Writer {
public:
    Writer(const Reader& reader, Overview how) : reader_(reader), how_(how) {}

    document::Document write() {
        long count = 0;
        document::Document page = blank(reader_, document::Document::Kind::term, reader_.words.poster_title());
        for (const catalog::ListedResponse& listed : reader_.catalog.responses(reader_.language())) {
            if (listed.status != "registered") continue;
            const auto response = reader_.catalog.response(listed.id);
            if (!response) continue;
            if (page.sections.empty() || page.sections.back().id != id_of_class(listed.code)) begin(page, *response);
            std::get<FactTable>(page.sections.back().blocks.front()).rows.push_back(row(*response));
            ++count;
        }
        page.summary = sentence(reader_, &language::Words::poster_about, count);
        page.sections.push_back({"signs", reader_.words.glance_try_again(), {signs()}, false, false});
        return page;
    }

private:
    static std::string id_of_class(int code) { return std::to_string(code / 100) + "xx"; }

    void begin(document::Document& page, const catalog::Response& response) const {
        page.sections.push_back({id_of_class(response.code),
                                 reader_.words.class_name(std::to_string(response.code / 100)),
                                 {FactTable{}},
                                 false,
                                 false});
    }

    FactTable::Row row(const catalog::Response& response) const {
        const catalog::Prose prose = reader_.catalog.prose("response/" + response.id, reader_.language());
        Text text = text_of(reader_, prose.find("gloss"));
        for (document::Span& span : text.spans)
            if (span.style == document::Span::Style::plain) span.style = document::Span::Style::strong;
        if (how_ == Overview::wall)
            if (const Text summary = text_of(reader_, prose.find("summary")); !summary.empty()) {
                if (!text.empty()) text.spans.push_back({"\n"});
                text.spans.insert(text.spans.end(), summary.spans.begin(), summary.spans.end());
            }
        return {document::link(title_of(response), document::ToResponse{response.id}),
                {std::move(text)},
                false,
                {verdict_of(response)},
                response.id};
    }

    // What the signs beside the codes mean.
    FactTable signs() const {
        FactTable table;
        using enum FactTable::Verdict;
        for (const auto& [verdict, name] : {std::pair{yes, "yes"}, {on_condition, "on_condition"}, {no, "no"}})
            table.rows.push_back({{}, {document::plain(reader_.words.poster_key(name))}, false, {verdict}, {}});
        return table;
    }

    const Reader& reader_;
    Overview how_;
};

}  // namespace

document::Document overview(const Reader& reader, Overview how) { return Writer(reader, how).write(); }

}  // namespace sipdex::page
