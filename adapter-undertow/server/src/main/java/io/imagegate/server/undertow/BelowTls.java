package io.imagegate.server.undertow;

import org.xnio.StreamConnection;

/**
 * What reads a connection before it is decrypted.
 *
 * @param records the records of TLS
 * @param reads when they are read
 */
record BelowTls(TlsRecords records, FairReads reads) {

    /**
     * Reads a connection from now on.
     *
     * @param connection that TLS is about to use
     * @param turns of its I/O thread
     * @return what reads it
     */
    static BelowTls of(StreamConnection connection, FairTurns turns) {
        FairReads reads = new FairReads(connection.getSourceChannel().getConduit(), turns);
        TlsRecords records = new TlsRecords(reads);
        connection.getSourceChannel().setConduit(records);
        return new BelowTls(records, reads);
    }
}
