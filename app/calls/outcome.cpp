// What became of each story: its kind, the response that decided, who gave it, forks on the way.

#include <algorithm>

#include "calls/grouping.h"
#include "sip/digest.h"
#include "sip/message.h"
#include "sip/token.h"

namespace sipdex::calls {

namespace {

bool is_challenge(int status) { return status == 401 || status == 407; }

Kind kind_of_method(std::string_view method) {
    if (method == "INVITE") return Kind::call;
    if (method == "REGISTER") return Kind::registration;
    if (method == "SUBSCRIBE" || method == "NOTIFY") return Kind::subscription;
    if (method == "PUBLISH") return Kind::publication;
    if (method == "MESSAGE") return Kind::message;
    if (method == "OPTIONS") return Kind::options;
    if (method == "REFER") return Kind::transfer;
    return Kind::other;
}

// These occur within a call only (RFC 3261 13, 15; RFC 3262; RFC 3311; RFC 6086).
bool is_of_a_call(std::string_view method) {
    return method == "ACK" || method == "BYE" || method == "CANCEL" || method == "PRACK" || method == "UPDATE" ||
           method == "INFO";
}

class Conclusion {
public:
    Conclusion(const capture::Captured& captured, Calls& calls, Story& story)
        : captured_(captured), calls_(calls), story_(story) {}

    void conclude() {
        choose_kind();
        find_root();
        fail_early_dialogs();
        find_forks();
        follow_path();
        if (root() == nullptr) return conclude_without_beginning();
        const Transaction& root = *this->root();
        story_.from = root.client;
        story_.to = root.server;
        // A response repeats From and To of its request (RFC 3261 8.2.6.2).
        const Outline outline =
            outline_of(captured_.messages[root.request != none ? root.request : root.messages.front()]);
        story_.caller = outline.from;
        story_.callee = outline.to;
        story_.status = root.status;
        story_.decided_by = story_.path.empty() ? root.final : calls_.transactions[story_.path.back()].final;
        if (story_.kind == Kind::call) conclude_call(root);
        else conclude_other(root);
    }

private:
    const Transaction* root() const { return story_.root == none ? nullptr : &calls_.transactions[story_.root]; }
    const Transaction& at(std::size_t transaction) const { return calls_.transactions[transaction]; }

    // A call where there is an INVITE; else what the first request is.
    void choose_kind() {
        bool of_a_call = false;
        for (const std::size_t index : story_.transactions) {
            const Transaction& one = at(index);
            if (one.method == "INVITE") return void(story_.kind = Kind::call);
            of_a_call = of_a_call || is_of_a_call(one.method);
        }
        story_.kind = of_a_call ? Kind::call : kind_of_method(at(story_.transactions.front()).method);
    }

    // The method by which the story began.
    bool begins(const Transaction& one) const {
        switch (story_.kind) {
            case Kind::call: return one.method == "INVITE";
            case Kind::registration: return one.method == "REGISTER";
            case Kind::subscription: return one.method == "SUBSCRIBE";
            default: return one.method == at(story_.transactions.front()).method;
        }
    }

    // The last attempt at its first hop. Of a subscription and a registration a later one renews or ends it, and so
    // counts though it stands in the dialog.
    void find_root() {
        for (const std::size_t index : story_.transactions) {
            const Transaction& one = at(index);
            if (!begins(one) || one.parent != none) continue;
            if (story_.kind == Kind::call && one.in_dialog) continue;
            if (one.request == none && story_.root != none) continue;
            if (story_.root != none) {
                const Transaction& before = at(story_.root);
                // The same request at another hop, whose Vias were hidden, is no other attempt; another from the same
                // sender is: to the next server (RFC 3263 4.3), or to the next of several telephones.
                if (one.cseq == before.cseq && one.client != before.client) continue;
                // Nor is one after the call was answered.
                if (story_.kind == Kind::call && before.status >= 200 && before.status < 300) continue;
            }
            story_.root = index;
        }
    }

    // RFC 3261 13.2.2.3: a final response that is no 2xx ends the early dialogs of its INVITE.
    void fail_early_dialogs() {
        for (const std::size_t index : story_.dialogs) {
            Dialog& dialog = calls_.dialogs[index];
            if (dialog.state != Dialog::State::early || dialog.transaction == none) continue;
            const Transaction& made_in = at(dialog.transaction);
            if (made_in.status < 300) continue;
            dialog.state = Dialog::State::failed;
            dialog.ended_by = made_in.final;
        }
    }

    void find_forks() {
        for (const std::size_t index : story_.transactions) {
            const Transaction& one = at(index);
            if (one.method != "INVITE" || one.in_dialog) continue;
            Fork fork;
            fork.transaction = index;
            for (const std::size_t other : story_.transactions)
                if (at(other).parent == index && at(other).request != none) fork.branches.push_back(other);
            for (const std::size_t dialog : story_.dialogs)
                if (calls_.dialogs[dialog].transaction == index) fork.dialogs.push_back(dialog);
            // Several answers where the hops behind were captured are told there.
            if (fork.branches.size() < 2 && (fork.dialogs.size() < 2 || !fork.branches.empty())) continue;
            complete(fork);
            story_.forks.push_back(std::move(fork));
        }
        find_forks_without_stem();
    }

    // Branches whose common hop before was not captured: the Via below the top one is the same in all.
    void find_forks_without_stem() {
        for (const std::size_t index : story_.transactions) {
            const Transaction& one = at(index);
            if (one.method != "INVITE" || one.in_dialog || one.parent != none || one.branch_below.empty()) continue;
            const bool known = std::ranges::any_of(story_.forks, [&](const Fork& fork) {
                return std::ranges::find(fork.branches, index) != fork.branches.end();
            });
            if (known) continue;
            Fork fork;
            for (const std::size_t other : story_.transactions) {
                const Transaction& branch = at(other);
                if (branch.method == "INVITE" && branch.parent == none && branch.client == one.client &&
                    branch.branch_below == one.branch_below && branch.request != none)
                    fork.branches.push_back(other);
            }
            if (fork.branches.size() < 2) continue;
            complete(fork);
            story_.forks.push_back(std::move(fork));
        }
    }

    void complete(Fork& fork) const {
        for (std::size_t i = 1; i < fork.branches.size(); ++i) {
            const std::size_t before = at(fork.branches[i - 1]).final;
            fork.parallel = fork.parallel || before == none || before > at(fork.branches[i]).request;
        }
        for (const std::size_t branch : fork.branches)
            for (const std::size_t dialog : story_.dialogs)
                if (calls_.dialogs[dialog].transaction == branch) fork.dialogs.push_back(dialog);
        std::ranges::sort(fork.dialogs);
        fork.dialogs.erase(std::unique(fork.dialogs.begin(), fork.dialogs.end()), fork.dialogs.end());
        for (const std::size_t dialog : fork.dialogs)
            if (fork.winner == none && calls_.dialogs[dialog].confirmed_by != none) fork.winner = dialog;
    }

    // From hop to hop, as long as the same final response came from further on: the same To tag and status say so.
    void follow_path() {
        if (story_.root == none) return;
        std::size_t here = story_.root;
        story_.path.push_back(here);
        story_.answered_by = at(here).final == none ? none : calls_.placed[at(here).final].from;
        while (at(here).final != none) {
            std::size_t next = none;
            std::optional<std::string_view> tag;
            for (const std::size_t other : story_.transactions) {
                const Transaction& child = at(other);
                if (child.parent != here || child.final == none || child.status != at(here).status) continue;
                if (!tag) tag = outline_of(captured_.messages[at(here).final]).to_tag;
                if (outline_of(captured_.messages[child.final]).to_tag == *tag) next = other;
            }
            if (next == none) return;
            here = next;
            story_.path.push_back(here);
            story_.answered_by = calls_.placed[at(here).final].from;
        }
    }

    void conclude_without_beginning() {
        story_.outcome = Outcome::begun_before;
        const Transaction& first = at(story_.transactions.front());
        story_.from = first.client;
        story_.to = first.server;
        const Outline outline = outline_of(captured_.messages[story_.messages.front()]);
        story_.caller = outline.from;
        story_.callee = outline.to;
        for (const std::size_t dialog : story_.dialogs)
            if (calls_.dialogs[dialog].ended_by != none) {
                story_.outcome = story_.kind == Kind::call ? Outcome::ended : Outcome::terminated;
                story_.decided_by = calls_.dialogs[dialog].ended_by;
            }
    }

    Outcome outcome_of_failure(const Transaction& root) const {
        if (root.status < 400) return Outcome::redirected;
        return is_challenge(root.status) && !is_second_challenge(root) ? Outcome::challenged : Outcome::refused;
    }

    // RFC 3261 22.1: challenged again, though it carries credentials, it was not let in. A nonce that has only grown stale
    // is no refusal (RFC 2617 3.2.1).
    bool is_second_challenge(const Transaction& root) const {
        if (root.after_challenge == none || root.request == none) return false;
        const auto request = sip::parse(captured_.messages[root.request].octets);
        const auto response = sip::parse(captured_.messages[root.final].octets);
        if (!request.message || !response.message) return false;
        const bool by_proxy = root.status == 407;
        if (!request.message->header(by_proxy ? "Proxy-Authorization" : "Authorization")) return false;
        const auto challenge = response.message->header(by_proxy ? "Proxy-Authenticate" : "WWW-Authenticate");
        const auto read = challenge ? sip::parse_challenge(*challenge) : std::nullopt;
        return !read || !read->stale;
    }

    void conclude_call(const Transaction& root) {
        if (root.has_final() && root.status < 300) {
            story_.outcome = Outcome::answered;
            for (const std::size_t dialog : story_.dialogs) {
                const Dialog& one = calls_.dialogs[dialog];
                if (one.state != Dialog::State::ended) continue;
                story_.outcome = Outcome::ended;
            }
        } else if (root.cancelled_by != none && (!root.has_final() || root.status == 487)) {
            story_.outcome = Outcome::cancelled;
            if (!root.has_final()) story_.decided_by = at(root.cancelled_by).messages.front();
        } else if (root.has_final()) {
            story_.outcome = outcome_of_failure(root);
        } else if (root.provisional != none) {
            story_.outcome = Outcome::ringing;
            story_.decided_by = root.provisional;
        } else {
            story_.outcome = root.status == 100 ? Outcome::trying : Outcome::unanswered;
        }
    }

    void conclude_other(const Transaction& root) {
        if (!root.has_final()) {
            story_.outcome = root.status > 0 ? Outcome::trying : Outcome::unanswered;
            return;
        }
        if (root.status >= 300) {
            story_.outcome = outcome_of_failure(root);
            return;
        }
        story_.outcome = Outcome::accepted;
        if (story_.kind == Kind::registration && ends_bindings(root)) story_.outcome = Outcome::removed;
        else if (story_.kind == Kind::registration) story_.outcome = Outcome::registered;
        if (story_.kind != Kind::subscription) return;
        story_.outcome = Outcome::active;
        const Outline request = outline_of(captured_.messages[root.request != none ? root.request : root.final]);
        if (request.is_request() && request.expires == "0") story_.outcome = Outcome::removed;
        for (const std::size_t dialog : story_.dialogs) {
            const Dialog& one = calls_.dialogs[dialog];
            if (one.state != Dialog::State::ended) continue;
            if (story_.outcome == Outcome::active) story_.outcome = Outcome::terminated;
            story_.decided_by = one.ended_by;
        }
    }

    // RFC 3261 10.2.2: an expiry of 0 takes bindings away.
    bool ends_bindings(const Transaction& root) const {
        if (root.request == none) return false;
        const Outline request = outline_of(captured_.messages[root.request]);
        if (request.contact.empty()) return false;
        const std::string_view expires = parameter_in(request.contact, "expires");
        return expires.empty() ? request.expires == "0" : expires == "0";
    }

    const capture::Captured& captured_;
    Calls& calls_;
    Story& story_;
};

}  // namespace

void conclude(const capture::Captured& captured, Calls& calls) {
    for (Story& story : calls.stories) Conclusion(captured, calls, story).conclude();
}

}  // namespace sipdex::calls
