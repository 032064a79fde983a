#include "protocols/transport/tcp/connections.h"

namespace tracedrop::dissect::tcp {

template <typename T>
uint32_t Connections::Pool<T>::take() {
  if (free.empty()) {
    all.emplace_back();
    return static_cast<uint32_t>(all.size() - 1);
  }
  const uint32_t place = free.back();
  free.pop_back();
  return place;
}

template <typename T>
void Connections::Pool<T>::give_back(uint32_t place) {
  all[place] = T();
  free.push_back(place);
}

Connection& Connections::find(uint32_t conversation) {
  index_.grow_to(conversation + size_t{1});
  uint32_t& index = index_[conversation];
  if (index == 0 || (index & kIsLoneSyn) != 0) {
    const uint32_t place = connections_.take();
    if (index != 0) {
      const uint32_t syn = (index & ~kIsLoneSyn) - 1;
      connections_.all[place] = after_syn(lone_syns_.all[syn]);
      lone_syns_.give_back(syn);
    }
    index = place + 1;
  }
  last_connection_ = &connections_.all[index - 1];
  last_ = conversation;
  return *last_connection_;
}

void Connections::keep_lone_syn(uint32_t conversation, const LoneSyn& syn) {
  forget(conversation);
  const uint32_t place = lone_syns_.take();
  lone_syns_.all[place] = syn;
  index_[conversation] = (place + 1) | kIsLoneSyn;
}

void Connections::forget(uint32_t conversation) {
  if (conversation >= index_.size()) return;
  last_ = UINT32_MAX;
  uint32_t& index = index_[conversation];
  if (index == 0) return;
  if ((index & kIsLoneSyn) != 0) {
    lone_syns_.give_back((index & ~kIsLoneSyn) - 1);
  } else {
    connections_.give_back(index - 1);
  }
  index = 0;
}

}  // namespace tracedrop::dissect::tcp
