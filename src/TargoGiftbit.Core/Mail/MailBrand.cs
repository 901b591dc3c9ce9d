namespace TargoGiftbit.Core.Mail;

/// <summary>A brand the customer may choose.</summary>
/// <param name="Code">The provider's code.</param>
/// <param name="Name">Its name as customers know it.</param>
/// <param name="Logo">Its logo, or null: then the name stands alone.</param>
public sealed record MailBrand(string Code, string Name, BrandLogo? Logo = null);

/// <summary>A small picture that has been looked at: type, size in pixels, bytes.</summary>
/// <param name="ContentType"><c>image/png</c>, <c>image/jpeg</c> or <c>image/gif</c>.</param>
/// <param name="Width">Width in pixels, 1 or more.</param>
/// <param name="Height">Height in pixels, 1 or more.</param>
/// <param name="Content">The bytes of the file.</param>
public sealed record BrandLogo(string ContentType, int Width, int Height, ReadOnlyMemory<byte> Content);
