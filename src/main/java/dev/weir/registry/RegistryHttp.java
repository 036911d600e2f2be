package dev.weir.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weir.core.catalog.Avro;
import dev.weir.core.decode.NotNowException;
import dev.weir.failure.RefusedException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Asks a registry over HTTP, and says why if there is no answer. Used by one thread.
 *
 * <p>Follows no redirect, because the credentials would go along. Secrets are read again for each question, and the certificates after
 * each failure of TLS, so that both can be rotated.
 */
final class RegistryHttp implements AutoCloseable {
    /** Long enough for a registry that loads its schemas after a question. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(5);

    private final ObjectMapper json = new ObjectMapper();
    private final Avro.Registry registry;
    private final String base;
    private final RegistrySecrets secrets;
    private final ExecutorService threads;

    /** Null before the first question, and after a failure of TLS. */
    private HttpClient client;

    RegistryHttp(Avro.Registry registry) {
        this.registry = registry;
        this.base = registry.url().replaceAll("/+$", "");
        this.secrets = new RegistrySecrets(registry, System::getenv);
        secrets.requireReadable();
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "schema-registry");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Returns the text in the form that a part of a path needs. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Returns the answer to a question.
     *
     * @param path below the address
     * @throws NotNowException if there is none
     */
    Answer get(String path) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(base + path).normalize())
                    .header("Accept", "application/json, application/vnd.schemaregistry.v1+json, */*;q=0.5")
                    .timeout(ANSWER_WITHIN);
            if (registry.user() != null) {
                request.header("Authorization", "Basic " + credentials());
            }
            return new Answer(path, send(request.build()));
        } catch (ExecutionException e) {
            if (RegistryErrors.caused(e, SSLException.class) != null) {
                client = null;
            }
            throw away(RegistryErrors.explained(e.getCause(), registry.url()), e.getCause());
        } catch (TimeoutException e) {
            throw away("no answer within " + ANSWER_WITHIN.toSeconds() + " s; check the registry and the network", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away("interrupted", e);
        } catch (RefusedException e) {
            throw e;
        } catch (RuntimeException e) {
            throw away(RegistryErrors.explained(e, registry.url()), e);
        }
    }

    private HttpResponse<String> send(HttpRequest request)
            throws ExecutionException, TimeoutException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer =
                client().sendAsync(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        try {
            // The request's own timeout ends with the answer's head.
            return answer.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            answer.cancel(true);
        }
    }

    private HttpClient client() {
        if (client == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .connectTimeout(CONNECTED_WITHIN)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .version(HttpClient.Version.HTTP_1_1)
                    .executor(threads);
            if (!registry.ssl().isEmpty()) {
                builder.sslContext(RegistryTls.context(secrets.ssl()));
            }
            client = builder.build();
        }
        return client;
    }

    private String credentials() {
        String both = registry.user() + ':' + secrets.password();
        return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private NotNowException away(String why, Throwable cause) {
        return new NotNowException("avro.registry.url: " + registry.url() + ": " + why, cause);
    }

    @Override
    public void close() {
        client = null;
        threads.shutdownNow();
    }

    /** What a registry has answered. */
    final class Answer {
        private final String path;
        private final HttpResponse<String> response;

        private Answer(String path, HttpResponse<String> response) {
            this.path = path;
            this.response = response;
        }

        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        /** Returns the body; a missing node if it is not JSON. */
        JsonNode json() {
            try {
                JsonNode read = json.readTree(response.body());
                return read == null ? MissingNode.getInstance() : read;
            } catch (JsonProcessingException e) {
                return MissingNode.getInstance();
            }
        }

        /** @throws NotNowException unless the status is 200 */
        void requireGood() {
            if (status() != 200) {
                throw away(RegistryErrors.ofStatus(status(), path), null);
            }
        }

        /** Returns what to throw if the status is good and the body is not. */
        NotNowException noRegistry() {
            return away("its answer to " + path + " is no schema; " + RegistryErrors.ADDRESS_CURE, null);
        }
    }
}
