package io.imagegate.examples.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What cluster.sh has not: DNS and a Service for its pods. Every name resolves to the address of one Service, whose port 443 leads to one
 * of its endpoints.
 */
final class ServiceNetwork implements AutoCloseable {

    private static final String NODE = "198.18.88.1";

    /** The type and class of an address. */
    private static final byte[] ADDRESS = {0, 1, 0, 1};

    private final Cluster cluster;
    private final String address;
    private final String endpoint;
    private final DatagramSocket names;
    private final ServerSocket service;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "service-network");
        thread.setDaemon(true);
        return thread;
    });

    private ServiceNetwork(Cluster cluster, String namespace, String name) throws Exception {
        this.cluster = cluster;
        this.address = ask("-n " + namespace + " get service " + name + " -o jsonpath='{.spec.clusterIP}'");
        this.endpoint = ask("-n " + namespace + " get endpointslices -l kubernetes.io/service-name=" + name
                + " -o jsonpath='{.items[0].endpoints[0].addresses[0]}'");
        cluster.succeed(Path.of("."), "ip addr replace " + address + "/32 dev lo");
        this.names = new DatagramSocket(new InetSocketAddress(NODE, 53));
        this.service = new ServerSocket(443, 50, InetAddress.getByName(address));
        threads.execute(this::resolve);
        threads.execute(this::forward);
    }

    /** Starts both for a Service that has an endpoint. */
    static ServiceNetwork of(Cluster cluster, String namespace, String name) throws Exception {
        return new ServiceNetwork(cluster, namespace, name);
    }

    private String ask(String question) throws Exception {
        return cluster.succeed(Path.of("."), "kubectl " + question).strip();
    }

    private void resolve() {
        byte[] buffer = new byte[512];
        try {
            while (true) {
                DatagramPacket question = new DatagramPacket(buffer, buffer.length);
                names.receive(question);
                byte[] answer = answer(Arrays.copyOf(buffer, question.getLength()));
                names.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    /** The question again, with an address if one is asked for (RFC 1035). */
    private byte[] answer(byte[] question) throws IOException {
        int end = 12;
        while (question[end] != 0) {
            end += question[end] + 1;
        }
        end += 5;
        boolean known = Arrays.equals(ADDRESS, Arrays.copyOfRange(question, end - 4, end));
        byte[] answer = Arrays.copyOf(question, known ? end + 16 : end);
        answer[2] = (byte) 0x81;
        answer[3] = (byte) 0x80;
        answer[7] = (byte) (known ? 1 : 0);
        Arrays.fill(answer, 8, 12, (byte) 0);
        if (known) {
            byte[] record = {(byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 5, 0, 4};
            System.arraycopy(record, 0, answer, end, record.length);
            System.arraycopy(InetAddress.getByName(address).getAddress(), 0, answer, end + record.length, 4);
        }
        return answer;
    }

    private void forward() {
        try {
            while (true) {
                Socket client = service.accept();
                Socket pod = new Socket(endpoint, 8443);
                threads.execute(() -> copy(client, pod));
                threads.execute(() -> copy(pod, client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException closed) {
            // Each side may end a connection.
        }
    }

    @Override
    public void close() throws IOException {
        names.close();
        service.close();
        threads.shutdownNow();
        try {
            cluster.succeed(Path.of("."), "ip addr del " + address + "/32 dev lo");
        } catch (Exception gone) {
            throw new IOException(gone);
        }
    }
}
