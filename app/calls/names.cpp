#include "calls/calls.h"

namespace sipdex::calls {

std::string to_text(const Party& party) { return party.name.empty() ? to_text(party.address) : party.name; }

std::string_view name_of(Kind kind) {
    switch (kind) {
        case Kind::call: return "call";
        case Kind::registration: return "registration";
        case Kind::subscription: return "subscription";
        case Kind::publication: return "publication";
        case Kind::message: return "message";
        case Kind::options: return "options";
        case Kind::transfer: return "transfer";
        case Kind::other: return "other";
    }
    return "";
}

std::string_view name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::unanswered: return "unanswered";
        case Outcome::trying: return "trying";
        case Outcome::ringing: return "ringing";
        case Outcome::answered: return "answered";
        case Outcome::ended: return "ended";
        case Outcome::cancelled: return "cancelled";
        case Outcome::redirected: return "redirected";
        case Outcome::challenged: return "challenged";
        case Outcome::refused: return "refused";
        case Outcome::accepted: return "accepted";
        case Outcome::registered: return "registered";
        case Outcome::removed: return "removed";
        case Outcome::active: return "active";
        case Outcome::terminated: return "terminated";
        case Outcome::begun_before: return "begun_before";
    }
    return "";
}

}  // namespace sipdex::calls
