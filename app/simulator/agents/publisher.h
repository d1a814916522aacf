// A publisher tells a presence server how somebody is to be reached: an event publication agent (RFC 3903 4).
//
// It keeps the entity-tag of its publication, names it in SIP-If-Match the next time, and begins anew when the
// server no longer knows it (412).
#pragma once
#include <string>

#include "simulator/agents/user_agent.h"

namespace sipdex::simulator {

class Publisher : public UserAgent {
public:
    static void check(source::Table& options);
    // "publish": a state, anew or in place of the last; "refresh": the same for longer; "withdraw".
    static bool check_action(const std::string& does, source::Table& options);

    Publisher(Stage& stage, std::size_t actor) : UserAgent(stage, actor) {}

    void act(const ActionPlan& action) override;

private:
    struct Publication {
        std::string event = "presence";
        std::string basic;  // "open", "closed"; empty: the last one, unchanged
        std::string note;   // "On the train"
        long long expires = 600;
    };
    static Publication read_publication(source::Table& options, const std::string& does);

    void publish(const Publication& publication);
    void conclude(const Publication& publication, const sip::Message& sent, const sip::Message* response);

    std::string document_;  // as last published
    std::string etag_;      // of what the server keeps; empty: nothing
};

}  // namespace sipdex::simulator
