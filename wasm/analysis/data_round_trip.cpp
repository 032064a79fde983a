#include "analysis/data_round_trip.h"

#include <algorithm>
#include <numeric>

#include "analysis/grouped_times.h"
#include "analysis/samples.h"
#include "base/hash.h"

namespace tracedrop::analysis {

namespace {

using dissect::Conversation;

/// Directions of data: (from, to, network). There can be as many as conversations, so each is only a flow whose packets
/// acknowledge it and a number of samples; a hash table of their numbers finds them again.
class DataDirections {
 public:
  DataDirections(const Trace& trace, const CapturePoint& capture_point)
      : trace_(trace), capture_point_(capture_point) {}

  /// The number of the direction that packets of `flow` acknowledge; it gets `samples` more samples.
  uint32_t add(uint32_t flow, uint32_t samples) {
    if (samples_.size() * 2 >= slots_.size()) grow();
    uint32_t& slot = slots_[place_of(at(flow))];
    if (slot == kFree) {
      slot = size();
      flows_.push_back(flow);
      samples_.push_back(0);
    }
    samples_[slot] += samples;
    return slot;
  }
  uint32_t size() const { return static_cast<uint32_t>(flows_.size()); }
  /// At most so many.
  uint32_t samples(uint32_t number) const { return samples_[number]; }
  DataRtt direction(uint32_t number) const { return at(flows_[number]); }

 private:
  static constexpr uint32_t kFree = UINT32_MAX;

  DataRtt at(uint32_t flow) const {
    const Conversation& c = trace_.findings.conversations[flow >> 1];
    DataRtt direction;
    direction.from = c.address[1 - (flow & 1)];
    direction.to = c.address[flow & 1];
    direction.network = asks_the_network(capture_point_, flow >> 1, 1 - (flow & 1));
    return direction;
  }
  size_t place_of(const DataRtt& wanted) const {
    const size_t mask = slots_.size() - 1;
    size_t place = static_cast<size_t>(hash_mix(uint64_t{wanted.from} << 32 | wanted.to, 0)) & mask;
    for (; slots_[place] != kFree; place = (place + 1) & mask) {
      const DataRtt known = direction(slots_[place]);
      if (known.from == wanted.from && known.to == wanted.to && known.network == wanted.network) break;
    }
    return place;
  }
  void grow() {
    slots_.assign(std::max<size_t>(64, slots_.size() * 2), kFree);
    for (uint32_t number = 0; number < size(); ++number) slots_[place_of(direction(number))] = number;
  }

  const Trace& trace_;
  const CapturePoint& capture_point_;
  std::vector<uint32_t> slots_, flows_, samples_;
};

/// The directions whose times are wanted: those with most samples, and (`network_too`) all that cross the network.
std::vector<bool> choose_directions(const DataDirections& known, bool network_too) {
  std::vector<uint32_t> numbers(known.size());
  std::iota(numbers.begin(), numbers.end(), 0u);
  std::stable_sort(numbers.begin(), numbers.end(),
                   [&](uint32_t a, uint32_t b) { return known.samples(a) > known.samples(b); });
  std::vector<bool> chosen(numbers.size());
  for (size_t rank = 0; rank < numbers.size(); ++rank) {
    chosen[numbers[rank]] = rank < RoundTrip::kMostDirections ||
                            (network_too && known.direction(numbers[rank]).network == std::optional(true));
  }
  return chosen;
}

/// Samples by the flow that acknowledges them, all of the selection's.
std::vector<uint32_t> count_samples(const Trace& trace, const Selection& selection) {
  std::vector<uint32_t> counts(trace.findings.conversations.size() * 2);
  for (const dissect::RttSample& sample : trace.findings.rtt_samples)
    if (selection.contains(sample.ack)) ++counts[trace.columns.flow(sample.ack)];
  return counts;
}

/// Fills in a direction's figures; false when it has no sample.
bool measure_direction(GroupedTimes& times, uint32_t number, DataRtt& direction) {
  direction.samples = times.count(number);
  if (direction.samples == 0) return false;
  direction.min_ns = times.least_ns(number);
  direction.median_ms = times.median_ms(number);
  direction.max_ns = times.greatest_ns(number);
  return true;
}

}  // namespace

NetworkRtt measure_data(const Trace& trace, const Selection& selection, const CapturePoint& capture_point,
                        bool wants_network, RoundTrip& result) {
  constexpr uint32_t kNotWanted = UINT32_MAX;
  std::vector<uint32_t> number_of = count_samples(trace, selection);  // of each flow
  DataDirections known(trace, capture_point);
  for (uint32_t flow = 0; flow < number_of.size(); ++flow)
    number_of[flow] = number_of[flow] > 0 ? known.add(flow, number_of[flow]) : kNotWanted;
  const std::vector<bool> chosen = choose_directions(known, wants_network);
  for (uint32_t& number : number_of)
    if (number != kNotWanted && !chosen[number]) number = kNotWanted;
  std::vector<uint32_t> most(known.size());
  for (uint32_t number = 0; number < known.size(); ++number) most[number] = chosen[number] ? known.samples(number) : 0;

  GroupedTimes times(most);
  const auto wanted = [&](uint32_t answering) { return number_of[answering] != kNotWanted; };
  for_each_data_sample(trace, selection, wanted, [&](const dissect::RttSample&, int64_t took_ns, uint32_t answering) {
    times.add(number_of[answering], took_ns);
  });
  NetworkRtt network;
  std::vector<uint32_t> network_numbers;
  for (uint32_t number = 0; number < known.size(); ++number) {
    DataRtt direction = known.direction(number);
    if (!measure_direction(times, number, direction)) continue;
    result.data.push_back(direction);
    if (direction.network != std::optional(true)) continue;
    network_numbers.push_back(number);
    network.samples += direction.samples;
  }
  if (wants_network && network.samples > 0) network.median_ms = times.median_ms(network_numbers);
  std::stable_sort(result.data.begin(), result.data.end(),
                   [](const DataRtt& a, const DataRtt& b) { return a.samples > b.samples; });
  return network;
}

}  // namespace tracedrop::analysis
