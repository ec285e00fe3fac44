package dev.twinbucket.settings.source;

import dev.twinbucket.json.Json;
import dev.twinbucket.json.JsonObject;
import dev.twinbucket.settings.DocumentException;
import dev.twinbucket.settings.DocumentLocation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Secrets of AWS Secrets Manager: one signed call of GetSecretValue, which does not need the
 * service's own SDK module.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/">API reference</a>
 */
final class AwsSecrets {
  private static final String SERVICE = "secretsmanager";
  private static final String CHINA = "arn:aws-cn:";

  private final AwsCredentialsProvider credentials;
  private final Optional<String> endpoint;

  /**
   * Secrets that these credentials may read.
   *
   * @param endpoint in place of the service's own
   */
  AwsSecrets(AwsCredentialsProvider credentials, Optional<String> endpoint) {
    this.credentials = credentials;
    this.endpoint = endpoint;
  }

  byte[] fetch(DocumentLocation.AwsSecret secret) {
    byte[] body = Json.writeBytes(JsonObject.builder().put("SecretId", secret.arn()).build());
    try (SdkHttpClient client = Apache5HttpClient.create()) {
      SignedRequest signed = sign(request(secret), body, secret.region());
      HttpExecuteRequest call =
          HttpExecuteRequest.builder()
              .request(signed.request())
              .contentStreamProvider(ContentStreamProvider.fromByteArray(body))
              .build();
      return secret(client.prepareRequest(call).call());
    } catch (IOException | SdkException | IllegalArgumentException e) {
      throw new DocumentException(e.getClass().getSimpleName(), e);
    }
  }

  private SdkHttpRequest request(DocumentLocation.AwsSecret secret) {
    String domain = secret.arn().startsWith(CHINA) ? ".amazonaws.com.cn" : ".amazonaws.com";
    String own = "https://" + SERVICE + "." + secret.region() + domain;
    return SdkHttpRequest.builder()
        .uri(URI.create(endpoint.orElse(own)))
        .method(SdkHttpMethod.POST)
        .putHeader("Content-Type", "application/x-amz-json-1.1")
        .putHeader("X-Amz-Target", SERVICE + ".GetSecretValue")
        .build();
  }

  private SignedRequest sign(SdkHttpRequest request, byte[] body, String region) {
    return AwsV4HttpSigner.create()
        .sign(
            signing ->
                signing
                    .identity(credentials.resolveCredentials())
                    .request(request)
                    .payload(ContentStreamProvider.fromByteArray(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region));
  }

  private static byte[] secret(HttpExecuteResponse response) throws IOException {
    try (InputStream body =
        response
            .responseBody()
            .orElseGet(() -> AbortableInputStream.create(new ByteArrayInputStream(new byte[0])))) {
      JsonObject answer = SecretAnswer.read(body);
      if (!response.httpResponse().isSuccessful()) {
        throw SecretAnswer.refused(response.httpResponse().statusCode(), answer, "__type");
      }
      Optional<byte[]> text =
          answer.string("SecretString").map(s -> s.getBytes(StandardCharsets.UTF_8));
      Optional<byte[]> bytes = answer.string("SecretBinary").map(Base64.getDecoder()::decode);
      return text.or(() -> bytes).orElseThrow(() -> SecretAnswer.odd(null));
    } catch (IllegalArgumentException notBase64) {
      throw SecretAnswer.odd(notBase64);
    }
  }
}
