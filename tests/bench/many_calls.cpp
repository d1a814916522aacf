#include "bench/many_calls.h"

#include <fmt/format.h>

#include <stdexcept>

#include "support/text.h"

namespace sipdex::bench {

simulator::Exchange many_calls(int calls, std::string_view transport) {
    std::string text = test::picture(R"(
        [[party]]
        id = "alice"
        kind = "caller"
        name = "Alice"
        address = "192.0.2.1"
        uri = "sip:alice@example.com"
        [[party]]
        id = "proxy"
        kind = "proxy"
        name = "Proxy"
        address = "192.0.2.2"
        host = "proxy.example.com"
        domains = ["example.com"]
        users = { "sip:bob@example.com" = ["<sip:bob@192.0.2.3>"] }
        record_route = true
        [[party]]
        id = "bob"
        kind = "phone"
        name = "Bob"
        address = "192.0.2.3"
        uri = "sip:bob@example.com"
        answers = [{ after = "10ms", status = 180 }, { after = "20ms", status = 200 }]
        [names]
        "example.com" = ["proxy"]
    )");
    text += fmt::format(
        "[network]\nlink = [{{ between = [\"alice\", \"proxy\"], transport = \"{0}\" }}, "
        "{{ between = [\"proxy\", \"bob\"], transport = \"{0}\" }}]\n",
        transport);
    for (int call = 0; call < calls; ++call)
        text += fmt::format(
            "[[action]]\nat = \"{}ms\"\nparty = \"alice\"\ndoes = \"call\"\nto = "
            "\"sip:bob@example.com\"\nhang_up_after = \"100ms\"\n",
            call);
    source::Problems problems;
    auto file = source::read_toml({"many.toml", std::move(text)}, problems);
    if (!file) throw std::runtime_error(problems.printed());
    simulator::Exchange exchange = simulator::read_exchange(*file);
    if (!problems.empty()) throw std::runtime_error(problems.printed());
    return exchange;
}

}  // namespace sipdex::bench
