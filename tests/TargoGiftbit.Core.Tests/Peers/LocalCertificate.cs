using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TargoGiftbit.Core.Mail.Transports.Smtp;

namespace TargoGiftbit.Core.Tests.Peers;

/// <summary>A certificate made for one test, for this machine alone, and trusted by nobody but that test.</summary>
internal sealed class LocalCertificate : IDisposable
{
    private readonly X509Certificate2 certificate;

    public LocalCertificate(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        (Certificate, Key) = (Path.Combine(folder, "tls.crt"), Path.Combine(folder, "tls.key"));
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>File with the certificate.</summary>
    public string Certificate { get; }

    /// <summary>File with its key.</summary>
    public string Key { get; }

    /// <summary>Options that trust it; chain and name are validated all the same.</summary>
    public SmtpOptions Trusted()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(certificate);
        return new SmtpOptions { ChainPolicy = policy };
    }

    public void Dispose() => certificate.Dispose();
}
