package dev.weir.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A schema registry that answers as Confluent's and Apicurio's documentation says: the first at the root, with error codes 40401 to 40403,
 * the second at {@code /apis/registry/v2} and {@code v3}. It can want a user, speak TLS, be away, and answer wrongly.
 */
public final class RegistryServer implements AutoCloseable {
    public static final String USER = "reader";
    /** For tests to look for where it must not be. */
    public static final String PASSWORD = "Lock-7-gate-is-shut";

    private final ObjectMapper json = new ObjectMapper();
    private final int port = StablePorts.free(1)[0];
    private final SSLContext tls;
    private final boolean wantsUser;
    private final Map<Long, Registered> byId = new ConcurrentHashMap<>();
    private final Map<String, Registered> byVersion = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private HttpServer server;
    private ExecutorService threads;
    /** In place of every answer; null for none. */
    private volatile Fault fault;

    /** @param body null for none; {@link #HANG} for an answer that never comes */
    public record Fault(int status, String body) {}

    /** The body of an answer that never comes. */
    public static final String HANG = "hang";

    private record Registered(String schema, String type, List<String> references) {}

    private RegistryServer(SSLContext tls, boolean wantsUser) {
        this.tls = tls;
        this.wantsUser = wantsUser;
    }

    /** Listens, without TLS and for anybody. */
    public static RegistryServer open() {
        RegistryServer registry = new RegistryServer(null, false);
        registry.start();
        return registry;
    }

    /** Listens with TLS, for {@link #USER} alone. */
    public static RegistryServer secured(Certificates certificates) {
        RegistryServer registry = new RegistryServer(context(certificates), true);
        registry.start();
        return registry;
    }

    private static SSLContext context(Certificates certificates) {
        try (InputStream in = Files.newInputStream(certificates.serverStore())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            char[] password = Certificates.STORE_PASSWORD.toCharArray();
            store.load(in, password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String url() {
        return (tls == null ? "http" : "https") + "://127.0.0.1:" + port;
    }

    /** Registers a schema under an id of all protocols. */
    public void register(long id, String schema, String... references) {
        byId.put(id, new Registered(schema, "AVRO", List.of(references)));
    }

    /** Registers what is no Avro schema. */
    public void registerOther(long id, String schema, String type) {
        byId.put(id, new Registered(schema, type, List.of()));
    }

    /** Registers version 1 of a subject, which is version 1 of the artifact of that name in the group {@code default} as well. */
    public void registerSubject(String subject, String schema, String... references) {
        byVersion.put(subject, new Registered(schema, "AVRO", List.of(references)));
    }

    /** The paths that were asked for so far, with their queries. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Answers everything so; null: as a registry again. */
    public void fail(Fault with) {
        fault = with;
    }

    /** Listens at the same address as before. */
    public void start() {
        try {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
            if (tls == null) {
                server = HttpServer.create(address, 0);
            } else {
                HttpsServer secured = HttpsServer.create(address, 0);
                secured.setHttpsConfigurator(new HttpsConfigurator(tls));
                server = secured;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Refuses connections. */
    public void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Override
    public void close() {
        stop();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        Fault now = fault;
        if (now != null) {
            if (!HANG.equals(now.body())) {
                send(exchange, now.status(), now.body() == null ? "" : now.body());
            }
        } else if (wantsUser && !isUser(exchange)) {
            send(exchange, 401, "{\"error_code\":401,\"message\":\"Unauthorized\"}");
        } else {
            answerAsRegistry(exchange, exchange.getRequestURI().getPath());
        }
    }

    private static boolean isUser(HttpExchange exchange) {
        String both = USER + ':' + PASSWORD;
        String expected = "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
        return expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private void answerAsRegistry(HttpExchange exchange, String path) throws IOException {
        List<String> parts = new ArrayList<>(List.of(path.substring(1).split("/", -1)));
        if (path.startsWith("/apis/registry/v")) {
            boolean v2 = parts.get(2).equals("v2");
            answerAsApicurio(exchange, parts.subList(3, parts.size()), v2);
        } else if (path.matches("/schemas/ids/[0-9]{1,10}")) {
            sendConfluent(exchange, byId.get(Long.parseLong(parts.get(2))), 40403);
        } else if (path.matches("/subjects/[^/]+/versions/1")) {
            sendConfluent(exchange, byVersion.get(parts.get(1)), 40401);
        } else {
            send(exchange, 404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}");
        }
    }

    private void sendConfluent(HttpExchange exchange, Registered found, int otherwise) throws IOException {
        if (found == null) {
            send(exchange, 404, "{\"error_code\":" + otherwise + ",\"message\":\"not found\"}");
            return;
        }
        ObjectNode node = json.createObjectNode().put("schema", found.schema());
        if (!found.type().equals("AVRO")) {
            node.put("schemaType", found.type());
        }
        for (String subject : found.references()) {
            node.withArray("references")
                    .addObject()
                    .put("name", subject)
                    .put("subject", subject)
                    .put("version", 1);
        }
        send(exchange, 200, node.toString());
    }

    private void answerAsApicurio(HttpExchange exchange, List<String> parts, boolean v2) throws IOException {
        boolean references = parts.get(parts.size() - 1).equals("references");
        String path = String.join("/", parts);
        Registered found = null;
        if (path.matches("ids/" + (v2 ? "globalIds" : "contentIds") + "/[0-9]+(/references)?")) {
            found = byId.get(Long.parseLong(parts.get(2)));
        } else if (path.matches(
                "groups/default/artifacts/[^/]+/versions/1(/references|" + (v2 ? "" : "/content") + ")")) {
            found = byVersion.get(parts.get(3));
        } else {
            send(exchange, 404, "{\"name\":\"NotFoundException\",\"status\":404,\"title\":\"HTTP 404 Not Found\"}");
            return;
        }
        if (found == null) {
            send(exchange, 404, "{\"name\":\"ContentNotFoundException\",\"error_code\":404,\"status\":404}");
        } else {
            send(exchange, 200, references ? references(found).toString() : found.schema());
        }
    }

    private JsonNode references(Registered found) {
        ArrayNode all = json.createArrayNode();
        for (String subject : found.references()) {
            all.addObject()
                    .put("groupId", "default")
                    .put("artifactId", subject)
                    .put("version", "1")
                    .put("name", subject);
        }
        return all;
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
