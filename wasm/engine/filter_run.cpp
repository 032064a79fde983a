#include "engine/filter_run.h"

#include <algorithm>
#include <bit>

namespace tracedrop::engine {

namespace {

using filter::ListColumn;
using trace::PacketIndex;

/// Deciding a block of rows takes as long as dissecting about so many packets.
constexpr uint32_t kBlockWork = 64;

}  // namespace

FilterRun::FilterRun(const trace::Trace& trace, const csv::CsvLayout* layout, ByteSource& source,
                     std::shared_ptr<const filter::Program> program)
    : trace_(trace),
      layout_(layout),
      source_(source),
      program_(std::move(program)),
      rows_(trace, *program_),
      values_(*program_),
      list_values_(trace),
      evaluator_(*program_),
      passes_((size_t{trace.size()} + 63) / 64),
      open_(passes_.size()),
      slots_(program_->slots.size()) {
  const std::string_view unknown = rows_.unknown_to_csv();
  if (unknown.empty()) return;
  refusal_ = "a csv does not tell " + std::string(unknown) + ": that takes the packets themselves, in a pcap or pcapng";
  stage_ = Stage::done;
}

bool FilterRun::step(uint32_t packets) {
  while (packets > 0 && stage_ != Stage::done) {
    const uint32_t used = stage_ == Stage::rows   ? step_rows(packets)
                          : stage_ == Stage::info ? step_info(packets)
                                                  : step_packets(packets);
    packets -= std::min(packets, used);
  }
  return stage_ != Stage::done;
}

double FilterRun::progress() const {
  const double packets = std::max<double>(trace_.size(), 1);
  switch (stage_) {
    case Stage::rows: return 0.05 * next_ / std::max<double>(trace_.columns.block_count(), 1);
    case Stage::info: return 0.05 + 0.45 * next_ / packets;
    case Stage::packets:
      return (rows_.asks_for_info() ? 0.5 : 0.05) + (rows_.asks_for_info() ? 0.5 : 0.95) * next_ / packets;
    case Stage::done: break;
  }
  return 1;
}

PacketIndex FilterRun::next_open(PacketIndex from) const {
  for (size_t word = from / 64; word < open_.size(); ++word) {
    const uint64_t bits = word == from / 64 ? open_[word] & (~uint64_t{0} << (from % 64)) : open_[word];
    if (bits != 0) return static_cast<PacketIndex>(word * 64 + static_cast<size_t>(std::countr_zero(bits)));
  }
  return trace_.size();
}

void FilterRun::settle(PacketIndex i, bool passes) {
  const uint64_t bit = uint64_t{1} << (i % 64);
  open_[i / 64] &= ~bit;
  if (!passes) return;
  passes_[i / 64] |= bit;
  ++found_;
}

/// The stage, or the one after it where nothing is left to do.
void FilterRun::enter(Stage stage) {
  next_ = 0;
  const bool is_left = next_open(0) < trace_.size();
  if (stage == Stage::info && !rows_.asks_for_info()) stage = Stage::packets;
  if (stage == Stage::packets && trace_.kind == trace::SourceKind::csv) stage = Stage::done;
  stage_ = is_left ? stage : Stage::done;
  for (const uint64_t word : open_)
    if (stage_ == Stage::done) undecided_ += static_cast<uint32_t>(std::popcount(word));
}

uint32_t FilterRun::step_rows(uint32_t packets) {
  uint32_t used = 0;
  for (; next_ < trace_.columns.block_count() && used < packets; ++next_, used += kBlockWork) {
    filter::BlockVerdict verdict;
    rows_.decide(next_, verdict);
    const size_t first = size_t{next_} * trace::kBlockRows / 64;
    for (size_t word = 0; word < verdict.passes.size() && first + word < passes_.size(); ++word) {
      passes_[first + word] = verdict.passes[word];
      open_[first + word] = verdict.unknown[word];
      found_ += static_cast<uint32_t>(std::popcount(verdict.passes[word]));
    }
  }
  if (next_ == trace_.columns.block_count()) enter(Stage::info);
  return used;
}

uint32_t FilterRun::step_info(uint32_t packets) {
  if (reader_ == nullptr) reader_ = std::make_unique<RowReader>(trace_, layout_, source_);
  uint32_t used = 0;
  while (used < packets && (next_ = next_open(next_)) < trace_.size()) {
    const PacketIndex i = next_++;
    ++used;
    reader_->texts(i, texts_);
    const filter::Verdict verdict = texts_.is_lost ? filter::Verdict::unknown : rows_.decide(i, texts_.info);
    if (verdict != filter::Verdict::unknown) settle(i, verdict == filter::Verdict::yes);
  }
  if (next_ == trace_.size()) enter(Stage::packets);
  return std::max(used, 1u);
}

uint32_t FilterRun::step_packets(uint32_t packets) {
  if (replay_ == nullptr) {
    replay_ = std::make_unique<PacketReplay>(trace_, source_);
    tree_.want_values_of(values_.fields());
  }
  uint32_t used = 0;
  for (PacketIndex wanted = next_open(next_); used < packets && wanted < trace_.size(); ++used) {
    const bool is_wanted = next_ == wanted;
    info_.clear();
    const bool wants_info = is_wanted && rows_.asks_for_info();
    if (!replay_->step(is_wanted ? &tree_ : nullptr, wants_info ? &info_ : nullptr)) {
      enter(Stage::done);
      return std::max(used, 1u);
    }
    ++next_;
    if (!is_wanted) continue;
    list_values_.forget();
    list_values_.set_info(info_);
    values_.read(tree_, slots_);
    for (size_t k = 0; k < slots_.size(); ++k) {
      const filter::Slot& slot = program_->slots[k];
      if (slot.name->column == ListColumn::none) continue;
      slots_[k].clear();
      list_values_.append(filter::row_slot(slot, false), *slot.name, wanted, slots_[k]);
    }
    settle(wanted, evaluator_.passes(slots_));
    wanted = next_open(next_);
  }
  if (next_open(next_) == trace_.size()) enter(Stage::done);
  return std::max(used, 1u);
}

}  // namespace tracedrop::engine
