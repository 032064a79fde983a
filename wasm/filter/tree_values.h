// The values of a program's fields in one packet's tree.
#pragma once

#include <vector>

#include "dissect/field_set.h"
#include "dissect/tree.h"
#include "filter/program.h"

namespace tracedrop::filter {

class TreeValues {
 public:
  /// The program is borrowed.
  explicit TreeValues(const Program& program);

  /// What a tree that is read here has to record.
  const dissect::FieldSet& fields() const { return fields_; }
  /// Replaces what `slots` holds of fields (columns of the packet list are left alone). Valid as long as the tree
  /// stays.
  void read(const dissect::Tree& tree, std::vector<Values>& slots);

 private:
  void count_layers(const dissect::Tree& tree);
  bool is_in_layer(const Slot& slot, const dissect::Tree& tree, uint32_t line) const;

  const Program& program_;
  dissect::FieldSet fields_;
  bool has_layers_ = false;
  struct Layer {
    uint32_t number = 0;  ///< among those of the same protocol, from 1
    uint32_t count = 0;   ///< of these
  };
  std::vector<Layer> layers_;  // by line
};

}  // namespace tracedrop::filter
