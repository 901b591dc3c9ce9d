Describe 'Templates, addresses, suppressions and joined gifts' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)
        $null = Use-Simulator (Join-Path $TestDrive 'home')

        function New-Sent {
            param([int] $Count = 4, [hashtable] $Change = @{})
            $terms = New-OrderTerms
            foreach ($key in $Change.Keys) { $terms[$key] = $Change[$key] }
            $null = Import-GiftContact (New-ContactFile $TestDrive -Count $Count) | New-GiftbitCampaign @terms | Get-GiftbitShortlink -Wait | Send-GiftEmail
            $terms.Id
        }
    }

    BeforeEach { Reset-Simulator }

    Context 'suppressions' {
        It 'an address on the list is not written to, and off the list it is' {
            $terms = New-OrderTerms
            $gifts = Import-GiftContact (New-ContactFile $TestDrive -Count 3) | New-GiftbitCampaign @terms | Get-GiftbitShortlink -Wait
            Add-GiftSuppression $gifts[1].Email -Reason 'asked' -PassThru | ForEach-Object Source | Should -Be 'operator'
            (Get-GiftSuppression '*').Email | Should -Contain $gifts[1].Email

            $null = $gifts | Send-GiftEmail -WarningAction SilentlyContinue
            Get-SimulatedMail $terms.Id | Should -HaveCount 2

            Get-Completion "Remove-GiftSuppression $($gifts[1].Email.Substring(0, 5))" | Should -Contain $gifts[1].Email
            Remove-GiftSuppression $gifts[1].Email -Confirm:$false
            $null = $gifts | Send-GiftEmail
            Get-SimulatedMail $terms.Id | Should -HaveCount 3
        }

        It '-WhatIf adds nothing' {
            Add-GiftSuppression nobody@example.com -WhatIf
            Get-GiftSuppression nobody@example.com | Should -BeNullOrEmpty
        }
    }

    Context 'Test-GiftTemplate' {
        It 'finds nothing grave in the templates that come with the module' {
            Test-GiftTemplate | Should -BeTrue
        }

        It 'folders complete, files do not: <_>' -ForEach 'Test-GiftTemplate', 'Send-GiftEmail -TemplatePath', 'Show-GiftEmail -TemplatePath' {
            $null = New-Item -ItemType Directory (Join-Path $TestDrive 'tpl-mine') -Force
            Set-Content (Join-Path $TestDrive 'tpl-file') ''
            Get-Completion "$_ $(Join-Path $TestDrive 'tpl-')" | Should -Be (Join-Path $TestDrive 'tpl-mine')
        }

        It 'names rule, line and remedy' {
            $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'mine')).FullName
            Copy-Item (Join-Path (Split-Path (Get-ModuleManifest)) 'templates/*') $folder
            $file = Join-Path $folder 'gift-email-en.html'
            (Get-Content $file -Raw) -replace 'lang="en[^"]*"', '' | Set-Content $file
            Test-GiftTemplate $folder | Should -BeFalse
            $finding = Test-GiftTemplate $folder -Detailed | Where-Object Severity -NE 'Warning' | Select-Object -First 1
            $finding.Rule | Should -Not -BeNullOrEmpty
            $finding.Remedy | Should -Not -BeNullOrEmpty
        }
    }

    Context 'Show-GiftEmail' {
        It 'writes the mail with the link masked, for the current user alone' {
            $id = New-Sent
            $file = Show-GiftEmail $id -Row 2 -NoLaunch
            $html = Get-Content $file -Raw
            $html | Should -Match 'gtbt\.co/•••'
            $html | Should -Not -Match 'gtbt\.co/\w{11}'
            [Convert]::ToString([int] [IO.File]::GetUnixFileMode($file.FullName), 8) | Should -Be '600'
        }

        It '-SampleTo sends both languages and changes no state' {
            $out = Show-GiftEmail -SampleTo essais@targo.ca
            $out | Should -HaveCount 2
            $out.Result | Sort-Object -Unique | Should -Be 'Accepted'
        }
    }

    Context 'Set-GiftContact and reminders' {
        It 'a corrected address gets the gift, once' {
            $id = New-Sent
            $gift = Set-GiftContact $id -Row 3 -Email marie.corrigee@example.com
            $gift.Email | Should -Be 'marie.corrigee@example.com'
            $gift.MailState | Should -Be 'Deferred'
            $null = $gift | Send-GiftEmail
            $null = Get-Gift $id | Send-GiftEmail
            @(Get-SimulatedMail $id | Where-Object customId -EQ "${id}:3") | Should -HaveCount 2
            @(Get-SimulatedMail $id) | Should -HaveCount 5
        }

        It 'reminds once, and only when the last day is near' {
            $id = New-Sent -Change @{ Expiry = (Get-Date).AddDays(10) }
            Send-GiftEmail $id -Reminder -DaysBeforeExpiry 5 | Should -BeNullOrEmpty
            $null = Send-GiftEmail $id -Reminder
            $null = Send-GiftEmail $id -Reminder -ErrorAction SilentlyContinue
            Get-SimulatedMail $id | Should -HaveCount 8
            (Get-Gift $id).MailState | Sort-Object -Unique | Should -Be 'Sent'
        }
    }

    Context 'Join-GiftContact' {
        It 'enters the gifts of a file for the customers of another, and twice is once' {
            $contacts = New-ContactFile $TestDrive -Count 4
            $terms = New-OrderTerms
            $null = Import-GiftContact $contacts | New-GiftbitCampaign @terms | Get-GiftbitShortlink -Wait -Path $TestDrive
            $gifts = Join-Path $TestDrive "giftbit-gifts-$($terms.Id).csv"
            $home2 = Join-Path $TestDrive 'second-machine'

            Join-GiftContact $gifts $contacts $terms.Id -DataPath $home2 -WhatIf | ForEach-Object IsRehearsal | Sort-Object -Unique | Should -BeTrue
            $null = Join-GiftContact $gifts $contacts $terms.Id -DataPath $home2
            $joined = Join-GiftContact $gifts $contacts $terms.Id -DataPath $home2
            $joined | Should -HaveCount 4
            $joined.Row | Should -Be 1, 2, 3, 4
            (Get-Gift $terms.Id -DataPath $home2).Status | Sort-Object -Unique | Should -Be 'LinkCreated'
        }

        It 'a row that cannot be paired is an error, and nothing is entered' {
            $contacts = New-ContactFile $TestDrive -Count 4
            $terms = New-OrderTerms
            $null = Import-GiftContact $contacts | New-GiftbitCampaign @terms | Get-GiftbitShortlink -Wait -Path $TestDrive
            $gifts = Join-Path $TestDrive "giftbit-gifts-$($terms.Id).csv"
            $fewer = New-ContactFile $TestDrive -Count 3
            $home3 = Join-Path $TestDrive 'third-machine'
            { Join-GiftContact $gifts $fewer $terms.Id -DataPath $home3 -ErrorVariable +problems -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'JoinRefused,*'
            $null = Join-GiftContact $gifts $fewer $terms.Id -DataPath $home3 -SkipInvalid -ErrorAction SilentlyContinue
            Get-Gift $terms.Id -DataPath $home3 | Should -HaveCount 3
        }
    }
}
