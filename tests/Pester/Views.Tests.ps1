Describe 'What the operator sees' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)

        $canary = 'http://gtbt.co/CaNaRy98765'
        $rendering = $PSStyle.OutputRendering
        function Get-View {
            param([object] $Object, [int] $Width = 100)
            ($Object | Out-String -Width $Width).TrimEnd() -split "`r?`n"
        }
    }

    BeforeEach { $PSStyle.OutputRendering = 'PlainText' }
    AfterAll { $PSStyle.OutputRendering = $rendering }

    It 'a table of gifts fits 100 columns with all its columns' {
        $lines = Get-View (New-TestGift -Row 12345 -FirstName ('É' * 40) -Email "$('x' * 60)@example.com" -Link $canary -Status LinkCreated -MailState HandingOver)
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 100
        $lines -join "`n" | Should -Match 'Row\s+Name\s+Email\s+Status\s+Mail\s+Link'
    }

    It 'every table fits 100 columns, and no heading is wider than its column' {
        $views = ([xml] (Get-Content -Raw (Join-Path (Split-Path (Get-ModuleManifest)) 'lib/TargoGiftbit.Format.ps1xml'))).SelectNodes('//View[TableControl]')
        $views.Count | Should -BeGreaterThan 10
        foreach ($view in $views) {
            $sum = -1
            foreach ($column in $view.SelectNodes('.//TableColumnHeader')) {
                $width = $column.SelectSingleNode('Width')
                if (-not $width) { continue }
                $sum += [int] $width.InnerText + 1
                $label = $column.SelectSingleNode('Label')
                if ($label) { $label.InnerText.Length | Should -BeLessOrEqual ([int] $width.InnerText) -Because "$($view.Name): $($label.InnerText)" }
            }
            $sum | Should -BeLessOrEqual 100 -Because $view.Name
        }
    }

    It 'gifts stand under a heading with campaign, environment, price and expiry' {
        Get-View (New-TestGift) | Should -Contain '   Campaign: targo-2026-q2-loyalty · sandbox · 60.00 CAD · until 2026-12-31'
        Get-View (New-TestGift -Environment Production) | Should -Contain '   Campaign: targo-2026-q2-loyalty · production · 60.00 CAD · until 2026-12-31'
        (Get-View (New-TestGift -Rehearsal)) -join "`n" | Should -Match 'rehearsal'
    }

    It 'statuses are coloured by $PSStyle' {
        $PSStyle.OutputRendering = 'Ansi'
        $text = New-TestGift -Status Redeemed -MailState Refused | Out-String
        $text | Should -Match ([regex]::Escape("$($PSStyle.Foreground.Green)Redeemed"))
        $text | Should -Match ([regex]::Escape("$($PSStyle.Formatting.Error)Refused"))
    }

    It 'nothing is coloured under PlainText' {
        New-TestGift -Status Redeemed -MailState Refused | Out-String | Should -Not -Match "`e"
    }

    It 'nothing is coloured where NO_COLOR is set' {
        $env:NO_COLOR = '1'
        try {
            $modules = (Get-TestModule | ForEach-Object { "'$_'" }) -join ', '
            $seen = Invoke-FreshPwsh "Import-Module $modules; New-TestGift -Status Redeemed | Out-String"
        }
        finally {
            $env:NO_COLOR = $null
        }
        $seen.Text | Should -Match 'Redeemed'
        $seen.Text | Should -Not -Match "`e"
    }

    It 'a link is masked in <Way>' -ForEach @(
        @{ Way = 'tables'; Show = { param($gift) $gift | Format-Table | Out-String } }
        @{ Way = 'wide tables'; Show = { param($gift) $gift | Format-Table * | Out-String -Width 2000 } }
        @{ Way = 'lists'; Show = { param($gift) $gift | Format-List | Out-String } }
        @{ Way = 'full lists'; Show = { param($gift) $gift | Format-List * -Force | Out-String } }
        @{ Way = 'Format-Custom'; Show = { param($gift) $gift | Format-Custom -Depth 5 | Out-String } }
        @{ Way = 'JSON'; Show = { param($gift) $gift | ConvertTo-Json -Depth 10 } }
        @{ Way = 'CSV'; Show = { param($gift) $gift | ConvertTo-Csv } }
        @{ Way = 'XML'; Show = { param($gift) ($gift | ConvertTo-Xml -Depth 10).OuterXml } }
        @{ Way = 'CLIXML'; Show = { param($gift) [Management.Automation.PSSerializer]::Serialize($gift, 10) } }
        @{ Way = 'strings'; Show = { param($gift) "$gift $($gift.Link)" } }
    ) {
        $text = (& $Show (New-TestGift -Link $canary)) -join "`n"
        $text | Should -Match 'targo-2026-q2-loyalty'
        $text | Should -Not -Match 'CaNaRy9876'
    }
}
