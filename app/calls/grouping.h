// Takes messages one after the other and puts each into its transaction, dialog and story.
#pragma once
#include <cstdint>
#include <string_view>

#include "calls/calls.h"
#include "calls/outline.h"
#include "calls/parties.h"
#include "calls/places.h"

namespace sipdex::calls {

class Grouping {
public:
    Grouping(const capture::Captured& captured, Calls& calls)
        : captured_(captured), calls_(calls), parties_(calls.parties) {}

    void add(std::size_t message, const Outline& outline);

private:
    std::size_t story_of(const Outline& outline, capture::Time first);
    std::size_t transaction_of(std::size_t message, std::size_t story, const Outline& outline);
    std::size_t answered_without_cseq(std::size_t story, const Outline& outline) const;
    std::size_t answered_under_another_branch(std::size_t story, const Outline& outline) const;
    std::size_t answered_by_cut(std::size_t message, const Outline& outline) const;
    std::size_t answered_by_start_line(std::size_t message) const;
    void note_in_story(std::size_t message, std::size_t story);
    void begin_transaction(std::size_t index, const Outline& outline);
    std::size_t with_branch(std::size_t story, std::string_view branch, std::string_view method,
                            std::uint32_t cseq) const;
    void note_repeat(std::size_t message, const Outline& outline, const Transaction& transaction);
    void note_in_transaction(std::size_t message, std::size_t transaction, const Outline& outline);
    std::size_t challenge_before(const Transaction& next) const;
    void note_ack(std::size_t message, std::size_t transaction);
    void note_in_dialog(std::size_t message, const Outline& outline, std::size_t transaction);
    std::size_t dialog_of(std::size_t story, std::string_view caller_tag, std::string_view callee_tag, bool make);

    const capture::Captured& captured_;
    Calls& calls_;
    Parties parties_;
    Places stories_;       // by Call-ID
    Places transactions_;  // by branch, method, number and From tag
    Places by_branch_;     // without the tag: for the Via below the top one, and CANCEL
    Places invites_;       // by number: for the ACK of a 2xx, which has a branch of its own
    Places challenged_;    // by method and number: for the request that has the next one
    Places dialogs_;       // by both tags
};

// outcome.cpp: what became of each story, once all messages are in.
void conclude(const capture::Captured& captured, Calls& calls);

// links.cpp: which stories belong together.
void link(const capture::Captured& captured, Calls& calls);

}  // namespace sipdex::calls
