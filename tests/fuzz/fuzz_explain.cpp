// Any octets as what somebody brought, a capture, a log or a paste: read, judged, told in words, each call and all together.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "page/call_list.h"
#include "page/explained.h"
#include "page/pasted.h"

using namespace sipdex;

namespace {

page::Brought brought_from(const page::Means& means, const std::string& octets) {
    if (!capture::looks_like_capture(octets))
        return page::bring(means, {{"pasted:1", std::make_shared<const std::string>(octets)}});
    capture::Limits limits;
    limits.stream_octets = 1 << 16;
    limits.waiting_octets = 1 << 20;
    limits.kept_octets = 1 << 22;
    limits.streams = 64;
    limits.fragmented = 64;
    page::Brought brought;
    brought.captured = capture::Captured(limits);
    brought.captured.read_octets(octets);
    brought.captured.arrange();
    brought.calls = calls::group(brought.captured);
    brought.rules = means.rules;
    brought.findings = findings::judge(brought.captured, brought.calls, *means.rules, {});
    return brought;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const catalog::Catalog catalog(SIPDEX_CATALOG);
    static const language::Words english("en"), french("fr");
    static const page::Means means = page::means_of({catalog, english});
    const std::string octets(reinterpret_cast<const char*>(data), size);
    const page::Brought brought = brought_from(means, octets);
    for (const findings::Finding& one : brought.findings) {
        if (one.rule == nullptr) std::abort();
        for (const std::size_t message : one.evidence)
            if (message >= brought.captured.messages.size()) std::abort();
    }
    for (const language::Words* words : {&english, &french}) {
        const page::Reader reader{catalog, *words};
        if (brought.empty()) {
            if (page::nothing_read(reader, brought, "x").empty()) std::abort();
            continue;
        }
        page::explained(reader, brought, {{}, true, true, true});
        for (std::size_t story = 0; story < brought.calls.stories.size() && story < 4; ++story)
            page::explained(reader, brought, {{story}, false, true, true});
        for (const page::ListedCall& call : page::call_list(brought)) page::line_of(reader, brought, call);
    }
    page::read_pasted({catalog, english}, octets);
    return 0;
}
