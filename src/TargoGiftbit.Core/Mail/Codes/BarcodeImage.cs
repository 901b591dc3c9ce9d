using QRCoder;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Mail.Codes;

/// <summary>The picture of a barcode with its quiet zones, at twice the size it is shown at.</summary>
/// <param name="Png">The picture.</param>
/// <param name="Width">Width at which it is shown, in CSS pixels.</param>
/// <param name="Height">Height at which it is shown, in CSS pixels.</param>
internal sealed record BarcodeImage(byte[] Png, int Width, int Height)
{
    // ISO/IEC 15417 asks for ten modules of white on either side.
    private const int QuietModules = 10;
    private const int BarHeight = 90;

    // What is left of 600 pixels between the margins of the template; a longer code gets narrower bars.
    private const int MostWidth = 500;

    /// <summary>Draws a barcode; null when its kind is unknown or its value cannot be written in it.</summary>
    /// <param name="kind">How it is drawn.</param>
    /// <param name="value">What it says.</param>
    public static BarcodeImage? Draw(BarcodeKind kind, string value) => kind switch
    {
        BarcodeKind.Code128 => Bars(value),
        BarcodeKind.Qr => Square(value),
        _ => null,
    };

    private static BarcodeImage? Bars(string value)
    {
        if (Code128.Modules(value) is not { } modules) return null;
        var count = modules.Count + (2 * QuietModules);
        var shown = count * 2 <= MostWidth ? 2 : 1;
        if (count > MostWidth) return null;
        var dots = shown * 2;
        var png = MonochromePng.Write(count * dots, BarHeight * 2, (x, _) =>
        {
            var module = (x / dots) - QuietModules;
            return module >= 0 && module < modules.Count && modules[module];
        });
        return new BarcodeImage(png, count * shown, BarHeight);
    }

    private static BarcodeImage? Square(string value)
    {
        try
        {
            // The matrix comes with its quiet zone of four modules.
            using var data = QRCodeGenerator.GenerateQrCode(value, QRCodeGenerator.ECCLevel.M);
            var matrix = data.ModuleMatrix;
            var shown = Math.Max(2, 200 / matrix.Count);
            var dots = shown * 2;
            var png = MonochromePng.Write(matrix.Count * dots, matrix.Count * dots, (x, y) => matrix[y / dots][x / dots]);
            return new BarcodeImage(png, matrix.Count * shown, matrix.Count * shown);
        }
        catch (QRCoder.Exceptions.DataTooLongException)
        {
            return null;
        }
    }
}
