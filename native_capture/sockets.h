// Sockets under one include: POSIX and Windows agree on everything used here but the headers and the name of close().
#pragma once

#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace tracedrop::native_capture {

#ifdef _WIN32
using SocketHandle = SOCKET;
inline constexpr SocketHandle kNoSocket = INVALID_SOCKET;
inline void close_socket(SocketHandle socket) { closesocket(socket); }
#else
using SocketHandle = int;
inline constexpr SocketHandle kNoSocket = -1;
inline void close_socket(SocketHandle socket) { ::close(socket); }
#endif

}  // namespace tracedrop::native_capture
