package io.imagegate.war;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is one Tomcat's own: its configuration, and the WAR as somebody dropped it into {@code webapps}. */
record CatalinaBase(Path directory) {

    private static final String SERVER = """
            <Server port="-1">
              <Service name="Catalina">
                <Connector port="0" address="127.0.0.1" protocol="HTTP/1.1" SSLEnabled="true" scheme="https" secure="true"
                           maxThreads="${test.threads:-200}">
                  <UpgradeProtocol className="org.apache.coyote.http2.Http2Protocol"/>
                  <SSLHostConfig>
                    <Certificate certificateKeystoreFile="%s" certificateKeystorePassword="%s"
                                 certificateKeystoreType="PKCS12"/>
                  </SSLHostConfig>
                </Connector>
                <Engine name="Catalina" defaultHost="localhost">
                  <Host name="localhost" appBase="webapps" unpackWARs="true" autoDeploy="false"/>
                </Engine>
              </Service>
            </Server>
            """;

    static CatalinaBase create(Path directory, Path home, TestIdentity identity) throws IOException {
        for (String folder : new String[] {"conf/Catalina/localhost", "logs", "temp", "webapps", "work"}) {
            Files.createDirectories(directory.resolve(folder));
        }
        Files.copy(home.resolve("conf/web.xml"), directory.resolve("conf/web.xml"));
        Files.writeString(
                directory.resolve("conf/server.xml"), SERVER.formatted(identity.keyStore(), TestIdentity.PASSWORD));
        Files.copy(Path.of(System.getProperty("imagegate.war")), directory.resolve("webapps/imagegate.war"));
        return new CatalinaBase(directory);
    }

    /** Configures the web application from outside, as an administrator does. */
    CatalinaBase context(String elements) throws IOException {
        return write("imagegate", "<Context>" + elements + "</Context>");
    }

    /** Adds the WAR once more, by another name, configured from outside. */
    CatalinaBase add(String application, String elements) throws IOException {
        return write(
                application,
                "<Context docBase=\"" + System.getProperty("imagegate.war") + "\">" + elements + "</Context>");
    }

    private CatalinaBase write(String application, String context) throws IOException {
        Files.writeString(directory.resolve("conf/Catalina/localhost").resolve(application + ".xml"), context);
        return this;
    }
}
