#include "window/kit/view.h"
#include "window/replay/fork_lab_view.h"
#include "window/replay/simulator_view.h"
#include "window/views/compare_view.h"
#include "window/views/evidence_view.h"
#include "window/views/reference_view.h"
#include "window/views/start_view.h"

namespace sipdex::window {

namespace {
template <class Made>
std::unique_ptr<View> make() {
    return std::make_unique<Made>();
}
}  // namespace

const std::vector<ListedView>& views() {
    static const std::vector<ListedView> all{
        {"start", {}, make<StartView>},
        {"reference", &Words::window_reference, make<ReferenceView>},
        {"compare", &Words::window_compare, make<CompareView>},
        {"simulator", &Words::window_simulator, make<SimulatorView>},
        {"forks", &Words::window_forks, make<ForkLabView>},
        {"evidence", &Words::window_evidence, make<EvidenceView>},
    };
    return all;
}

void follow(const document::Target& target, Wishes& wishes) {
    if (std::holds_alternative<std::monostate>(target)) return;
    if (const auto* rfc = std::get_if<document::ToRfc>(&target))
        wishes.push_back({Wish::Kind::outside, {}, document::url_of(*rfc), {}});
    else wishes.push_back({Wish::Kind::go, place_of(target), {}, {}});
}

}  // namespace sipdex::window
