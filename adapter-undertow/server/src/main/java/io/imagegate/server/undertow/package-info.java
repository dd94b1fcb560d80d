/**
 * The connections of the server, and all code that knows the internals of Undertow and XNIO. Outside this package, the
 * server names of Undertow only the API of handlers: {@code io.undertow.server.HttpHandler} and
 * {@code HttpServerExchange}, {@code io.undertow.io} and {@code io.undertow.util}; and nothing of XNIO.
 *
 * <p>Each class below does what no option of Undertow does. It was written against Undertow 2.4.4 and XNIO 3.8.16, and
 * the defect was seen in these versions; a test fails when the versions change. Then read this page again: what is mended
 * goes.
 *
 * <p>HTTP/2:
 *
 * <ul>
 *   <li>{@code Http2Connection}, with {@code FrameHead}: Undertow closes the connection when content arrives for a stream
 *       that the server has just reset (RFC 9113, 5.1), keeps dropped content in the window of the connection (5.2), and
 *       closes the connection when the server itself has reset many streams. Undertow's parser hides the head of a frame,
 *       so {@code FrameHead} reads it again. Goes when {@code Http2Channel} discards late frames, returns their window, and
 *       limits the resets of the client alone.
 *   <li>{@code Http2Listener}: {@code Http2OpenListener} is final, creates the channel itself and can only close it, not
 *       send a GOAWAY. Goes when it takes a factory of channels and lists them.
 *   <li>{@code Http2Buffers}: Undertow keeps a network buffer for each answer that waits for the client's window. Goes when
 *       it keeps only the bytes of the answer.
 *   <li>{@code Streams}: Undertow announces the greatest number of streams and accepts more; it forgets requests with
 *       incomplete bodies when their stream or connection ends, keeps the buffers of answers that wait for the window when
 *       their stream is reset, and closes a connection with its GOAWAY. Goes when the announced number is enforced, and
 *       exchanges and answers end with their streams.
 * </ul>
 *
 * <p>Conduits, which read what clients send:
 *
 * <ul>
 *   <li>{@code SingleReadConduit}: XNIO's {@code AbstractStreamSourceConduit} passes four methods on, so a subclass that
 *       counts bytes would have to override all four. Goes with its subclasses.
 *   <li>{@code InboundGuard}, with {@code FrameMeter} and {@code FrameRate}: Undertow reads trailers, chunk extensions and
 *       HTTP/2 frames without content as fast and as long as they come, and reads one connection until nothing arrives
 *       while others on its thread wait. Goes when there are limits for all of these.
 *   <li>{@code TlsRecords}: Undertow keeps a network buffer for each incomplete TLS record without a time limit. Goes
 *       when its TLS layer has such a limit, or keeps no buffer.
 *   <li>{@code FairReads}, with {@code FairTurns} and {@code BelowTls}: XNIO reads all connections that are ready in one turn, so
 *       a client with many of them delays the others by all. Goes when there are turns by client.
 *   <li>{@code BodyConduit}: Undertow reads a body into memory as it arrives, whether or not there is memory. Goes when a
 *       handler can pause reading without a conduit of its own.
 * </ul>
 *
 * <p>Memory, threads and TLS:
 *
 * <ul>
 *   <li>{@code BufferPool} and {@code BufferShortage}: {@code DefaultByteBufferPool} limits how many buffers it keeps, not
 *       how many are in use, and frees direct memory only with the garbage. Goes when a pool has a limit that fails.
 *   <li>{@code Connections} and {@code OpenConnection}: XNIO's high-water mark stops accepting; it cannot close the least
 *       useful connection for a new one, or one whose client takes no answers. Stays.
 *   <li>{@code StreamingResponse}: Undertow's server-sent events queue without a limit what a client does not read, and notice
 *       a client that has gone when they write. Goes when a handler learns both.
 *   <li>{@code IdleTime} and {@code SelfCheck}: neither library tells whether its threads are busy. Stays.
 *   <li>{@code HandshakeWatch}: Undertow reports a failed handshake nowhere but in its debug log. Goes when a listener
 *       gets the exception.
 *   <li>{@code XnioWithoutJmx}: XNIO registers management beans, for which Java starts a management server. Goes when XNIO has a
 *       switch for it, as JBoss Threads has.
 *   <li>{@code HttpsServer} and {@code PlainServer}: Undertow's builder gives no access to the parts above. They go when
 *       it does.
 *   <li>{@code UndertowLogs}: the libraries choose their logging library themselves, log their versions, and insert
 *       parameters before a rate limit can tell kinds of messages apart. Stays.
 * </ul>
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.server.undertow;

import org.jspecify.annotations.NullMarked;
